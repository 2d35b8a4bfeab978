using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace Api.Import.WordPress.Values;

/// <summary>Converts HTML to plain text: WordPress stores tags and entities in titles, names and excerpts.</summary>
internal static partial class PlainText
{
    private static readonly HtmlParser Parser = new();

    /// <summary>The text of an HTML fragment on one line, entities resolved, at most <paramref name="limit"/> characters.</summary>
    /// <param name="html">Any text; need not be well-formed.</param>
    /// <param name="limit">Characters, from 1; a longer text ends in "…", after a whole word where there is one.</param>
    public static string Of(string html, int limit = int.MaxValue)
    {
        var text = html.AsSpan().IndexOfAny('<', '&') < 0 ? html : Parser.ParseDocument("<body>" + html).Body?.TextContent ?? "";
        return Shorten(Spaces().Replace(text, " ").Trim(), limit);
    }

    /// <summary>The first words of a body, as the title of an item without one.</summary>
    public static string FirstWords(string html)
    {
        var text = Of(
            Markers().Replace(html, m => m.Value.StartsWith("<!", StringComparison.Ordinal) || m.Value[0] == '[' ? " " : " " + m.Value),
            2_000
        );
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var title = string.Join(' ', words.Take(8));
        return Shorten(words.Length > 8 ? title + "…" : title, 100);
    }

    private static string Shorten(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var end = limit - 1;
        if (text.LastIndexOf(' ', end) is var space && space > limit / 2)
            end = space;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end].TrimEnd() + "…";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"<!--.*?-->|\[/?[A-Za-z][^\[\]]*\]|<(?:br|p|div|li|h[1-6]|td|figcaption)\b",
        RegexOptions.Singleline | RegexOptions.IgnoreCase
    )]
    private static partial Regex Markers();
}
