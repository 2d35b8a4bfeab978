using System.Net;
using System.Text;

namespace Api.Import.WordPress.Hidden;

/// <summary>Finds words of a hidden text in another text: four in sequence, or all words of a shorter hidden text.</summary>
internal static class HiddenWords
{
    private const int Run = 4;

    /// <summary>
    /// True when <paramref name="text"/> contains a run of words that occurs in one of <paramref name="hidden"/> and not in <paramref
    /// name="shown"/>.
    /// </summary>
    /// <param name="text">Plain text.</param>
    /// <param name="hidden">Pieces of content, with comments, tags and shortcodes.</param>
    /// <param name="shown">HTML.</param>
    public static bool Repeats(string text, IEnumerable<string> hidden, string shown)
    {
        var words = Of(text);
        var sought = Enumerable.Range(1, Run).SelectMany(length => Runs(words, length)).ToHashSet(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var piece in hidden)
            if (Of(Bare(piece)) is { Count: > 0 } all)
                found.UnionWith(Runs(all, Math.Min(all.Count, Run)).Where(sought.Contains));
        if (found.Count == 0)
            return false;
        var open = Of(Bare(shown));
        foreach (var length in Enumerable.Range(1, Run))
            found.ExceptWith(Runs(open, length));
        return found.Count > 0;
    }

    private static IEnumerable<string> Runs(List<string> words, int length)
    {
        for (var i = 0; i + length <= words.Count; i++)
            yield return string.Join(' ', words.GetRange(i, length));
    }

    // Letters and digits, in lower case. In scripts without spaces each character counts as a word.
    private static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isSign =
                rune.Value
                is >= 0x0E00
                    and <= 0x109F
                    or >= 0x1780
                    and <= 0x17FF
                    or >= 0x2E80
                    and <= 0x9FFF
                    or >= 0xF900
                    and <= 0xFAFF
                    or >= 0x20000;
            var isLetter = Rune.IsLetterOrDigit(rune);
            if (word.Length > 0 && (isSign || !isLetter))
            {
                words.Add(word.ToString());
                word.Clear();
            }
            if (isSign && isLetter)
                words.Add(rune.ToString());
            else if (isLetter)
                word.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    // Without comments, tags and shortcodes.
    private static string Bare(string html)
    {
        var bare = new StringBuilder(html.Length);
        var at = 0;
        while (html.AsSpan(at).IndexOfAny('<', '[') is >= 0 and var distance)
        {
            var start = at + distance;
            bare.Append(html, at, distance).Append(' ');
            var ends =
                html[start] == '[' ? "]"
                : string.CompareOrdinal(html, start, "<!--", 0, 4) == 0 ? "-->"
                : ">";
            if (html.IndexOf(ends, start, StringComparison.Ordinal) is not (>= 0 and var end))
                return bare.ToString();
            at = end + ends.Length;
        }
        return WebUtility.HtmlDecode(bare.Append(html, at, html.Length - at).ToString());
    }
}
