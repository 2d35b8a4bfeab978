using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Http.Parameters;

/// <summary>A word, or several words in sequence.</summary>
/// <param name="Words">Letters and digits only.</param>
/// <param name="Joined">The same words with hyphens and apostrophes removed rather than read as spaces.</param>
/// <param name="IsQuoted">Whether it was in quotes.</param>
/// <param name="IsExcluded">Whether matching texts are excluded.</param>
/// <param name="Written">As typed, without quotes and minus.</param>
internal sealed partial record SearchTerm(
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Joined,
    bool IsQuoted,
    bool IsExcluded,
    string Written
)
{
    /// <summary>
    /// The characters of scripts without spaces between words, each a word of its own, for a character class of .NET and of PostgreSQL.
    /// <c>delivery.fold()</c> has the same.
    /// </summary>
    public const string OwnWords = @"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff";

    private const string Hyphens = "-‐‑‒–—―'’‘ʼʻ";

    /// <summary>For <c>to_tsquery</c>, which reads quoted words as a sequence. Words hold no character that needs escaping.</summary>
    public string Query
    {
        get
        {
            var words = $"'{string.Join(' ', Words)}'";
            return Joined.SequenceEqual(Words) ? words : $"({words} | '{string.Join(' ', Joined)}')";
        }
    }

    /// <summary>For <c>to_tsquery</c>, with the words in any order.</summary>
    public string Loose
    {
        get
        {
            var words = $"({string.Join(" & ", Words.Select(word => $"'{word}'"))})";
            return Joined.SequenceEqual(Words) ? words : $"({words} | ({string.Join(" & ", Joined.Select(word => $"'{word}'"))}))";
        }
    }

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
                Joined = words,
                IsQuoted = IsQuoted || words.Count > 1,
                Written = string.Join(' ', words),
            };
    }

    /// <summary>Parses a part of a search; null when it has no letter or digit.</summary>
    public static SearchTerm? Of(string chunk, bool isQuoted, bool isExcluded)
    {
        var text = DotOfInitials().Replace(chunk, "");
        var words = Split(text, hyphensSeparate: true);
        return words.Count == 0 ? null : new SearchTerm(words, Split(text, hyphensSeparate: false), isQuoted, isExcluded, chunk.Trim());
    }

    private static List<string> Split(string text, bool hyphensSeparate)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (OwnWord().IsMatch(rune.ToString()))
            {
                End();
                words.Add(rune.ToString());
            }
            else if (Hyphens.Contains(rune.ToString(), StringComparison.Ordinal))
            {
                if (hyphensSeparate)
                    End();
            }
            else if (IsPartOfWord(rune))
                word.Append(rune);
            else if (!IsLeftOut(rune))
                End();
        }
        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    // As in delivery.merge_similar_letters(): Arabic vowel signs and tatweel, which stretches a word.
    private static bool IsLeftOut(Rune rune) => rune.Value is 0x640 or (>= 0x64b and <= 0x652);

    private static bool IsPartOfWord(Rune rune) =>
        !IsLeftOut(rune)
        && (
            Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        );

    [GeneratedRegex($"[{OwnWords}]")]
    private static partial Regex OwnWord();

    // U.S. becomes us; other dots separate words. delivery.fold() does the same with texts.
    [GeneratedRegex(@"(?<=(?<![\p{L}\p{N}])[\p{L}\p{N}])\.(?=[\p{L}\p{N}](?![\p{L}\p{N}]))", RegexOptions.CultureInvariant)]
    private static partial Regex DotOfInitials();
}
