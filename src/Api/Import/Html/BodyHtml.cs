using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Api.Contracts;
using Ganss.Xss;

namespace Api.Import.Html;

/// <summary>A sanitised body and what follows from it.</summary>
/// <param name="Html">Only what docs/body-html.md lists; sanitising it again gives the same bytes.</param>
/// <param name="Text">The same without markup.</param>
/// <param name="Toc">Its headings, in order.</param>
/// <param name="WordCount">Words in the text.</param>
/// <param name="ReadingMinutes">Whole minutes, at least 1 when there is a word.</param>
internal sealed record BodyHtml(string Html, string Text, IReadOnlyList<Heading> Toc, int WordCount, int ReadingMinutes)
{
    /// <summary>A body without content.</summary>
    public static readonly BodyHtml Empty = new("", "", [], 0, 0);

    /// <summary>Elements inside elements; deeper ones would overflow the stack of everything that walks the tree.</summary>
    public const int MaxDepth = 200;

    // Writing a tree and parsing it again may give another tree (misnested tables and links), so it is done until nothing changes;
    // once is enough where that cannot happen, which is most bodies and half the work.
    private const int MaxRounds = 6;

    private static readonly HtmlSanitizer Sanitizer = BodyRules.CreateSanitizer();

    [ThreadStatic]
    private static HtmlParser? _parser;

    /// <summary>Sanitises HTML from anywhere. Safe on any thread.</summary>
    /// <param name="html">A fragment or a document.</param>
    /// <param name="site">Home page of the site, absolute: relative addresses are read against it.</param>
    /// <returns>Null when elements nest deeper than <see cref="MaxDepth"/>.</returns>
    public static BodyHtml? Clean(string html, Uri site)
    {
        if (string.IsNullOrWhiteSpace(html))
            return Empty;
        _parser ??= new HtmlParser();
        for (var round = 0; ; round++)
        {
            using var document = _parser.ParseDocument("<!doctype html><html><body>" + html);
            var body = document.Body!;
            if (IsTooDeep(body))
                return null;
            BodyShape.Prepare(body);
            Sanitizer.SanitizeDom(document, body);
            var toc = BodyShape.Finish(body, site, out var settled);
            var written = body.InnerHtml.Trim();
            if (settled || written == html || round == MaxRounds)
                return Describe(body, written, toc);
            html = written;
        }
    }

    private static BodyHtml Describe(IElement body, string written, IReadOnlyList<Heading> toc)
    {
        var text = BodyText.Of(body);
        var words = Words.Count(text);
        return new(written, text, toc, words, Words.ReadingMinutes(words));
    }

    private static bool IsTooDeep(INode root)
    {
        var depth = 0;
        for (INode? node = root.FirstChild; node is not null && node != root;)
        {
            if (node.FirstChild is { } child)
            {
                if (++depth > MaxDepth)
                    return true;
                node = child;
                continue;
            }
            while (node is not null && node != root && node.NextSibling is null)
            {
                node = node.Parent;
                depth--;
            }
            node = node == root ? null : node?.NextSibling;
        }
        return false;
    }
}
