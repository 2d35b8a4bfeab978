using System.Globalization;

namespace Api.Contracts.Cards;

/// <summary>Shortens texts for cards. Pure.</summary>
internal static class CardText
{
    /// <summary>Maximum length of a text, in characters as readers see them, without the ellipsis.</summary>
    public const int Most = 300;

    // Where no word ends within this many characters before the limit, as in Chinese, the text is cut between two characters.
    private const int LongestWord = 60;

    /// <summary>The text, cut at the end of a word after at most <see cref="Most"/> characters, with <c>…</c>.</summary>
    public static string Of(string text)
    {
        if (text.Length <= Most)
            return text;
        var starts = StringInfo.ParseCombiningCharacters(text);
        if (starts.Length <= Most)
            return text;
        var end = starts[Most];
        var word = char.IsWhiteSpace(text[end]) ? end : text.LastIndexOfAny([' ', '\n', '\t', '\u00a0'], end - 1);
        if (word < starts[Most - LongestWord])
            word = end;
        return text.AsSpan(0, word).TrimEnd(" \n\t\u00a0,;:–—-").ToString() + "…";
    }
}
