using System.Text;

namespace Api.Import.WordPress.Markup;

/// <summary>Finds tags in HTML that may be malformed. Every call advances by at least one character.</summary>
internal static class HtmlTags
{
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    };

    /// <summary>Start index of the next tag, from <paramref name="from"/>; -1 when there is none.</summary>
    /// <param name="text">HTML.</param>
    /// <param name="from">Index to search from.</param>
    /// <param name="last">Index of the last <c>&gt;</c> of the text: no tag can begin after it.</param>
    public static int FindStart(string text, int from, int last)
    {
        for (var at = from; (at = text.IndexOf('<', at)) >= 0 && at < last; at++)
            if (char.IsAsciiLetter(text[at + 1]) || (text[at + 1] == '/' && char.IsAsciiLetter(text[at + 2])))
                return at;
        return -1;
    }

    /// <summary>The index after the tag that begins at <paramref name="start"/>. A quote without an end is ignored.</summary>
    public static int FindEnd(string text, int start)
    {
        var quote = '\0';
        for (var at = start + 1; at < text.Length; at++)
            if (quote != '\0')
                quote = text[at] == quote ? '\0' : quote;
            else if (text[at] is '"' or '\'')
                quote = text[at];
            else if (text[at] == '>')
                return at + 1;
        return text.IndexOf('>', start) + 1 is > 0 and var end ? end : text.Length;
    }

    /// <summary>The index after the end tag of an element, or the end of the text without one.</summary>
    public static int FindElementEnd(string text, int from, string name)
    {
        var end = text.IndexOf("</" + name, from, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? text.Length : FindEnd(text, end);
    }

    /// <summary>True for an element whose content has no tags.</summary>
    public static bool IsRaw(string name) => name.ToLowerInvariant() is "script" or "style";

    /// <summary>The index after an element with all its content; the end of the text when it has no end tag.</summary>
    /// <param name="html">HTML.</param>
    /// <param name="from">Index after its start tag.</param>
    /// <param name="last">Index of the last <c>&gt;</c> of the text.</param>
    /// <param name="name">Name of the element.</param>
    public static int FindEndOf(string html, int from, int last, string name)
    {
        if (Void.Contains(name))
            return from;
        for (var depth = 1; FindStart(html, from, last) is >= 0 and var start; )
        {
            from = FindEnd(html, start);
            var (next, isEnd) = Name(html, start);
            if (!isEnd && IsRaw(next))
                from = FindElementEnd(html, from, next);
            if (!next.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            // A paragraph also ends where the next one begins.
            if (!isEnd && next is "p" or "P")
                return start;
            if ((depth += isEnd ? -1 : 1) == 0)
                return from;
        }
        return html.Length;
    }

    /// <summary>The name of the tag at <paramref name="start"/>, and whether it is an end tag.</summary>
    public static (string Name, bool IsEnd) Name(string text, int start)
    {
        var isEnd = text[start + 1] == '/';
        var from = start + (isEnd ? 2 : 1);
        var to = from;
        while (to < text.Length && (char.IsAsciiLetterOrDigit(text[to]) || text[to] is '-' or ':'))
            to++;
        return (text[from..to], isEnd);
    }

    /// <summary>The text without its comments; a comment without an end is kept.</summary>
    public static string WithoutComments(string text)
    {
        var start = text.IndexOf("<!--", StringComparison.Ordinal);
        if (start < 0)
            return text;
        var kept = new StringBuilder(text.Length);
        var at = 0;
        for (; start >= 0; start = text.IndexOf("<!--", at, StringComparison.Ordinal))
        {
            var end = text.IndexOf("-->", start + 4, StringComparison.Ordinal);
            if (end < 0)
                break;
            kept.Append(text, at, start - at);
            at = end + 3;
        }
        return kept.Append(text, at, text.Length - at).ToString();
    }
}
