using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Api.Http.Site;

namespace Api.Http.Pages;

/// <summary>A page for people. Its style and its script are files of this API; it loads nothing else.</summary>
internal static class HtmlPage
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // No inline script or style, nothing of another host, no frames.
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Sends a page.</summary>
    /// <param name="http">The request.</param>
    /// <param name="title">Text of the title.</param>
    /// <param name="body">HTML of the body. The caller must encode the texts in it, see <see cref="Text"/>.</param>
    /// <param name="links">HTML of <c>link</c> elements for the head.</param>
    /// <param name="script">The script, one of <see cref="PageFile"/>; null for none.</param>
    public static IResult Of(HttpContext http, string title, string body, string links = "", PageFile? script = null)
    {
        var root = Links.Of(http).BasePath;
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Text(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Text(title)}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{Text(root + PageFile.Style.Path)}">{links}{Script(root, script)}
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
    public static string Text(string text) => Encoder.Encode(text);

    private static string Script(string root, PageFile? script) =>
        script is null ? "" : $"""{'\n'}<script type="module" src="{Text(root + script.Path)}"></script>""";
}
