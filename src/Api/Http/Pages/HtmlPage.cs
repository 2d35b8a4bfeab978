using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;

namespace Api.Http.Pages;

/// <summary>A small HTML page: one style, no script, no external resources.</summary>
internal static class HtmlPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c2430;--soft:#5a6675;--line:#d9dfe6;--paper:#fbfcfd;--card:#fff;--link:#0b5cad;--accent:#b4531f}
        @media(prefers-color-scheme:dark){:root{--ink:#e6ebf1;--soft:#9aa7b6;--line:#2c3642;--paper:#12171d;--card:#1a212a;--link:#7db7f0;--accent:#f0a274}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 Georgia,'Times New Roman',serif}
        main,header,footer{max-width:46rem;margin:0 auto;padding:0 1.25rem}header{padding-top:3.5rem}
        h1{font-size:2.1rem;line-height:1.2;margin:.2rem 0 .6rem}h2{font-size:1.15rem;margin:2.4rem 0 .8rem}
        p{margin:.6rem 0}.lead{color:var(--soft);font-size:1.1rem}a{color:var(--link)}a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        .over,code,pre,dt,small{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.85em}.over{color:var(--accent);letter-spacing:.04em}
        ul.cards{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.7rem}
        ul.cards li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem}ul.cards small{display:block;color:var(--soft);overflow-wrap:anywhere}
        dl{margin:0}dt{margin-top:1rem}dd{margin:.1rem 0 0;color:var(--soft)}
        pre{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere}
        footer{margin-top:3rem;padding-bottom:3rem;color:var(--soft);font-size:.9rem}
        """;

    // The hash covers exactly the text between the tags (CSP level 3).
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sends a page.</summary>
    /// <param name="http">The request.</param>
    /// <param name="title">Text of the title.</param>
    /// <param name="body">HTML of the body. The caller must encode the texts in it, see <see cref="Text"/>.</param>
    /// <param name="links">HTML of <c>link</c> elements for the head.</param>
    public static IResult Of(HttpContext http, string title, string body, string links = "")
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return Results.Text(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(title)}</title>
            <link rel="icon" href="data:,">{links}
            <style>{Style}</style>
            </head>
            <body>
            {body}
            </body>
            </html>

            """,
            "text/html; charset=utf-8",
            Encoding.UTF8
        );
    }

    /// <summary>Encodes a text for an element or a quoted attribute.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
