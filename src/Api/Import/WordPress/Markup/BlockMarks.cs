namespace Api.Import.WordPress.Markup;

/// <summary>
/// Finds the comments that begin and end blocks, by the grammar of WordPress's own parser (<c>WP_Block_Parser</c>, WordPress 5.0 to 7.1):
/// text that WordPress does not recognise as a block stays text. Runs in one pass over the text.
/// </summary>
internal sealed class BlockMarks(string text)
{
    private int at;
    private bool noMoreAttributes;

    /// <summary>The next comment of a block; null when there is none.</summary>
    public BlockMark? Next()
    {
        while (text.IndexOf("<!--", this.at, StringComparison.Ordinal) is >= 0 and var start)
        {
            this.at = start + 4;
            if (Read(start) is not { } mark)
                continue;
            this.at = mark.End;
            return mark;
        }
        this.at = text.Length;
        return null;
    }

    private BlockMark? Read(int start)
    {
        var at = SkipSpace(start + 4);
        if (at == start + 4)
            return null;
        var isEnd = Has("/", at);
        at += isEnd ? 1 : 0;
        if (!Has("wp:", at))
            return null;
        var name = at + 3;
        at = SkipName(name);
        if (Has("/", at) && SkipName(at + 1) is var second && second > at + 1)
            at = second;
        var end = at;
        at = SkipSpace(at);
        if (end == name || at == end)
            return null;
        var attributes = at..at;
        if (Has("{", at))
        {
            if (FindAttributesEnd(at) is not (>= 0 and var attributesEnd))
                return null;
            attributes = at..attributesEnd;
            at = SkipSpace(attributesEnd);
        }
        var isEmpty = Has("/", at);
        at += isEmpty ? 1 : 0;
        if (!Has("-->", at))
            return null;
        var full = text.AsSpan(name, end - name);
        return new BlockMark(
            start,
            at + 3,
            (full.StartsWith("core/") ? full[5..] : full).ToString(),
            text[attributes],
            isEnd && !isEmpty,
            isEmpty
        );
    }

    // The first "}" followed by white space and the end of the comment; "-->" may occur inside. If there is none from this position, there
    // is none from any later one.
    private int FindAttributesEnd(int from)
    {
        for (
            var close = noMoreAttributes ? -1 : text.IndexOf("-->", from, StringComparison.Ordinal);
            close >= 0;
            close = text.IndexOf("-->", close + 3, StringComparison.Ordinal)
        )
        {
            var end = text[close - 1] == '/' ? close - 1 : close;
            var brace = end;
            while (brace > from && IsSpace(text[brace - 1]))
                brace--;
            if (brace < end && brace > from && text[brace - 1] == '}')
                return brace;
        }
        noMoreAttributes = true;
        return -1;
    }

    private bool Has(string part, int at) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    private int SkipSpace(int at)
    {
        while (at < text.Length && IsSpace(text[at]))
            at++;
        return at;
    }

    private int SkipName(int at)
    {
        if (at >= text.Length || !char.IsAsciiLetterLower(text[at]))
            return at;
        while (at < text.Length && (char.IsAsciiLetterLower(text[at]) || char.IsAsciiDigit(text[at]) || text[at] is '-' or '_'))
            at++;
        return at;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
}

/// <summary>A comment that begins or ends a block.</summary>
/// <param name="Start">Start index in the text.</param>
/// <param name="End">Index after the comment.</param>
/// <param name="Name">Such as <c>paragraph</c> or <c>pmpro/membership</c>: without the namespace for WordPress's own blocks.</param>
/// <param name="Attributes">The JSON as written; empty when there is none.</param>
/// <param name="IsEnd">True for a comment that ends a block.</param>
/// <param name="IsEmpty">True for a block that consists of this comment only.</param>
internal readonly record struct BlockMark(int Start, int End, string Name, string Attributes, bool IsEnd, bool IsEmpty);
