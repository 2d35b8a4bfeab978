using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Api.Contracts;
using Ganss.Xss;

namespace Api.Import.Html;

/// <summary>A sanitised body with the values derived from it.</summary>
/// <param name="Html">Only what docs/body-html.md lists; sanitising it again gives the same bytes.</param>
/// <param name="Text">The same without markup.</param>
/// <param name="Toc">Its headings, in order.</param>
/// <param name="WordCount">Words in the text.</param>
/// <param name="ReadingMinutes">Whole minutes, at least 1 when there is a word.</param>
internal sealed record BodyHtml(string Html, string Text, IReadOnlyList<Heading> Toc, int WordCount, int ReadingMinutes)
{
    /// <summary>A body without content.</summary>
    public static readonly BodyHtml Empty = new("", "", [], 0, 0);

    /// <summary>Maximum nesting of elements; deeper trees would overflow the stack of recursive code.</summary>
    public const int MaxDepth = 200;

    // Serialising a tree and parsing it again may give another tree (misnested tables and links), so sanitising is repeated until nothing
    // changes. One round is enough where that cannot happen: for most bodies, which halves the work.
    private const int MaxRounds = 6;

    private const int HtmlAndBody = 2;

    // The context creates its services with the first document. Each thread has its own context, as AngleSharp does not document it as
    // thread-safe.
    [ThreadStatic]
    private static IBrowsingContext? context;

    private static readonly HtmlSanitizer Sanitizer = BodyRules.CreateSanitizer();

    /// <summary>Sanitises HTML from any source. Thread-safe.</summary>
    /// <param name="html">A fragment or a document.</param>
    /// <param name="site">Home page of the site, absolute: relative addresses are read against it.</param>
    /// <returns>Null when elements nest deeper than <see cref="MaxDepth"/>.</returns>
    public static BodyHtml? Clean(string html, Uri site)
    {
        // No text contains U+0000, and the parser keeps it where HTML stands in a formula.
        html = html.Replace("\0", "", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(html))
            return Empty;
        for (var round = 0; ; round++)
        {
            using var document = Parse(html);
            if (document is null)
                return null;
            var body = document.Body!;
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
        var words = TextLength.Count(text);
        return new(written, text, toc, words, TextLength.ReadingMinutes(words));
    }

    // Parsing time grows with the square of the depth, so parsing ends at the first element that is too deep. The element created before it
    // is in the tree already.
    private static IHtmlDocument? Parse(string html)
    {
        IElement? last = null;
        var options = new HtmlParserOptions
        {
            MaximumDepth = int.MaxValue,
            OnCreated = (element, _) =>
            {
                if (last is not null && Depth(last) > MaxDepth + HtmlAndBody)
                    throw new DepthException();
                last = element;
            },
        };
        try
        {
            return new HtmlParser(options, context ??= BrowsingContext.New()).ParseDocument("<!doctype html><html><body>" + html);
        }
        catch (DepthException)
        {
            return null;
        }
    }

    private static int Depth(IElement element)
    {
        var depth = 0;
        for (var above = element.ParentElement; above is not null && depth <= MaxDepth + HtmlAndBody; above = above.ParentElement)
            depth++;
        return depth;
    }

    private sealed class DepthException : Exception;
}
