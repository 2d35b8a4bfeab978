using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Http.Parameters;

/// <summary>A word, or several words in sequence.</summary>
/// <param name="Words">Letters, digits and their marks only.</param>
/// <param name="IsQuoted">Whether it was in quotes.</param>
/// <param name="IsExcluded">Whether matching texts are excluded.</param>
/// <param name="Written">As typed, without quotes and minus.</param>
internal sealed partial record SearchTerm(IReadOnlyList<string> Words, bool IsQuoted, bool IsExcluded, string Written)
{
    /// <summary>The term as a user would type it.</summary>
    public override string ToString() => $"{(IsExcluded ? "-" : "")}{(IsQuoted ? $"\"{Written}\"" : Written)}";

    /// <summary>The term with words replaced.</summary>
    public SearchTerm With(IReadOnlyDictionary<string, string> instead)
    {
        IReadOnlyList<string> words = [.. Words.Select(word => instead.GetValueOrDefault(word, word))];
        return words.SequenceEqual(Words)
            ? this
            : this with
            {
                Words = words,
                IsQuoted = IsQuoted || words.Count > 1,
                Written = string.Join(' ', words),
            };
    }

    /// <summary>Parses a part of a search; null when it has no letter or digit.</summary>
    public static SearchTerm? Of(string chunk, bool isQuoted, bool isExcluded)
    {
        var words = Split(DotOfInitials().Replace(chunk, ""));
        return words.Count == 0 ? null : new SearchTerm(words, isQuoted, isExcluded, chunk.Trim());
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var hasLetter = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            // Roman numerals and the Chinese zero are numbers and stand in words.
            var isLetter = Rune.IsLetterOrDigit(rune) || category == UnicodeCategory.LetterNumber;
            if (!isLetter && category is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                // Format characters, such as a soft hyphen, are no part of a word and do not end it.
                if (category != UnicodeCategory.Format)
                    End();
                continue;
            }
            // Tatweel stretches a word.
            if (rune.Value == 0x640)
                continue;
            word.Append(rune);
            hasLetter |= isLetter;
        }
        End();
        return words;

        void End()
        {
            if (hasLetter)
                words.Add(word.ToString());
            word.Clear();
            hasLetter = false;
        }
    }

    // U.S. becomes us; other dots separate words.
    [GeneratedRegex(@"(?<=(?<![\p{L}\p{N}])[\p{L}\p{N}])\.(?=[\p{L}\p{N}](?![\p{L}\p{N}]))", RegexOptions.CultureInvariant)]
    private static partial Regex DotOfInitials();
}
