using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Recognises an excerpt that WordPress composed of whole blocks of a text: it takes paragraphs, headings and tables, and leaves out
/// reusable blocks, lists, and other blocks with inner blocks (<c>excerpt_remove_blocks()</c>, WordPress 5.0 to 7.1), and everything after
/// "more" or the end of the first page.
/// </summary>
internal static class LiveExcerptPieces
{
    private const int MostText = 1_000_000;
    private const int MostPieces = 10_000;
    private const int MaxDepth = 20;

    private static readonly string[] Wrappers = ["wp-block-group", "wp-block-columns", "wp-block-column"];

    /// <summary>
    /// True when an excerpt consists of whole pieces of the text in their order, including the first and the last paragraph.
    /// </summary>
    /// <param name="excerpt">The plain text of the excerpt.</param>
    /// <param name="html">The text as the site shows it.</param>
    public static bool IsMadeOf(string excerpt, string html)
    {
        var words = Letters(excerpt);
        if (words.Length == 0 || html.Length > MostText)
            return false;
        var pieces = new List<(string Words, bool IsParagraph)>();
        Add(new HtmlParser().ParseDocument(First(html)).Body!, pieces, 0);
        var (first, last) = (pieces.FindIndex(piece => piece.IsParagraph), pieces.FindLastIndex(piece => piece.IsParagraph));
        // Positions in the excerpt that a sequence of pieces can reach.
        var places = new SortedSet<int> { 0 };
        for (var i = 0; i < pieces.Count && places.Count > 0; i++)
        {
            var piece = pieces[i].Words;
            var taken = places
                .Where(place => string.CompareOrdinal(words, place, piece, 0, piece.Length) == 0)
                .Select(place => place + piece.Length)
                .ToList();
            if (i == first || i == last)
                places.Clear();
            places.UnionWith(taken);
        }
        return places.Contains(words.Length);
    }

    // The text up to "more", or to the end of the first page.
    private static string First(string html)
    {
        foreach (var end in (string[])["<span id=\"more-", "<!--more", "<!--nextpage-->"])
            if (html.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at)
                html = html[..at];
        return html;
    }

    private static void Add(INode parent, List<(string Words, bool IsParagraph)> pieces, int depth)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (pieces.Count >= MostPieces)
                return;
            if (node is IElement element && depth < MaxDepth && Wrappers.Any(element.ClassList.Contains))
                Add(element, pieces, depth + 1);
            else if (Letters(WithoutNumbers(node)) is { Length: > 0 } words)
                pieces.Add((words, node is IElement { LocalName: "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" }));
        }
    }

    // Excerpts do not contain footnote numbers.
    private static string WithoutNumbers(INode node)
    {
        if (node is IElement { LocalName: "script" or "style" } or IComment)
            return "";
        foreach (var number in (node as IElement)?.QuerySelectorAll("sup.fn").ToList() ?? [])
            number.Remove();
        return node.TextContent;
    }

    // Punctuation and spaces vary with the filters of the site.
    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c))
                letters.Append(c);
        return letters.ToString();
    }
}
