namespace Api.Import.WordPress.Markup;

/// <summary>
/// Finds the tags of possible shortcodes as WordPress does: up to the first "]", not in comments. Runs in one pass over the text.
/// </summary>
internal sealed class ShortcodeTags(string text)
{
    private int at;
    private int close = -1;

    /// <summary>The next tag; null when there is none. Tags inside the brackets of a tag are found as well.</summary>
    public ShortcodeTag? Next()
    {
        while (text.AsSpan(this.at).IndexOfAny('[', '<') is >= 0 and var distance)
        {
            var start = this.at + distance;
            this.at = start + 1;
            if (text[start] == '<')
                SkipComment(start);
            else if (Read(start) is { } tag)
                return tag;
        }
        this.at = text.Length;
        return null;
    }

    /// <summary>Continues from another index.</summary>
    public void MoveTo(int at)
    {
        if (at < this.at)
            close = -1;
        this.at = at;
    }

    private void SkipComment(int start)
    {
        if (string.CompareOrdinal(text, start, "<!--", 0, 4) == 0)
            this.at = text.IndexOf("-->", start + 4, StringComparison.Ordinal) is >= 0 and var end ? end + 3 : text.Length;
    }

    private ShortcodeTag? Read(int start)
    {
        var isEnd = start + 1 < text.Length && text[start + 1] == '/';
        var name = start + (isEnd ? 2 : 1);
        var end = name;
        while (end < text.Length && end - name < 64 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
            end++;
        if (
            end == name
            || end == text.Length
            || !(char.IsAsciiLetter(text[name]) || text[name] == '_')
            || !(isEnd ? text[end] == ']' : text[end] is ']' or '/' or '=' || char.IsWhiteSpace(text[end]))
        )
            return null;
        if (close < end && (close = text.IndexOf(']', end)) < 0)
            close = int.MaxValue;
        if (close == int.MaxValue)
            return null;
        // "[[name]]" is an escape and shows the brackets as text.
        var isShown = start > 0 && text[start - 1] == '[' && close + 1 < text.Length && text[close + 1] == ']';
        return isShown ? null : new ShortcodeTag(start, close + 1, text[name..end], end..close, isEnd, text[close - 1] == '/');
    }
}

/// <summary>A tag that may begin or end a shortcode.</summary>
/// <param name="Start">Index of its "[".</param>
/// <param name="End">Index after its "]".</param>
/// <param name="Name">The name as written: WordPress distinguishes upper and lower case.</param>
/// <param name="Attributes">The range of the attributes in the text.</param>
/// <param name="IsEnd">True for <c>[/name]</c>.</param>
/// <param name="IsAlone">True for <c>[name /]</c>, which has no content.</param>
internal readonly record struct ShortcodeTag(int Start, int End, string Name, Range Attributes, bool IsEnd, bool IsAlone);
