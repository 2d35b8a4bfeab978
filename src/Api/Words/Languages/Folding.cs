using System.Globalization;
using System.Text;

namespace Api.Words.Languages;

/// <summary>The forms in which words are compared.</summary>
internal static class Folding
{
    // Letters from here on have no accents that a search ignores: Han, kana and Hangul.
    private const int PlainLength = 0x2000;

    private const char Removed = '\0';

    // For each character the one that stands for it; Removed for none. Ligatures are in Spelled.
    private static readonly char[] Plain = MakePlain();

    /// <summary>
    /// A text in form NFC, as <see cref="Texts.Tokenizer"/> reads it; halves of surrogate pairs and U+FFFE become U+FFFD. The same instance
    /// when nothing changes.
    /// </summary>
    public static string Composed(string text)
    {
        var valid = Valid(text);
        return valid.IsNormalized() ? valid : valid.Normalize();
    }

    /// <summary>
    /// A text as a vocabulary has it: NFKC and lower case, with accents, without soft hyphens and marks of direction. The same instance
    /// when nothing changes.
    /// </summary>
    public static string Normal(string text)
    {
        if (Ascii.IsValid(text))
            return Lower(text);
        var letters = Valid(text).Normalize(NormalizationForm.FormKC).Replace('İ', 'i').ToLowerInvariant();
        if (letters.AsSpan().ContainsAny(Invisible.Always))
            letters = string.Concat(letters.Where(letter => !Invisible.Always.Contains(letter)));
        letters = letters.Normalize(NormalizationForm.FormKC);
        return letters == text ? text : letters;
    }

    /// <summary>
    /// A text in the form in which accents, case and width do not matter. Similar letters of Arabic and Persian are alike, Arabic vowel
    /// signs and Hebrew points are removed, digits of other scripts become ASCII, and ligatures such as ß and æ become two letters. Vowel
    /// signs of Thai, Burmese and the scripts of India stay, and so do й, ї and ў, which are letters and not accents. The same instance
    /// when nothing changes.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return Lower(text);
        var normal = Normal(text);
        var folded = new StringBuilder(normal.Length + 4);
        foreach (var letter in normal)
            if (Spelled(letter) is { } two)
                folded.Append(two);
            else if (letter >= PlainLength)
            {
                if (!Invisible.Joiners.Contains(letter))
                    folded.Append(letter);
            }
            else if (Plain[letter] is not Removed and var plain)
                folded.Append(plain);
        var result = folded.ToString().Normalize(NormalizationForm.FormC);
        return result == text ? text : result;
    }

    private static string Lower(string ascii) => ascii.AsSpan().ContainsAnyInRange('A', 'Z') ? ascii.ToLowerInvariant() : ascii;

    // Half of a surrogate pair, as a cut text may have, and U+FFFE are exceptions in Normalize.
    private static string Valid(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text.Replace('\ufffe', '\ufffd');
    }

    private static string? Spelled(char letter) =>
        letter switch
        {
            'ß' => "ss",
            'æ' or 'ǽ' or 'ǣ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            _ => null,
        };

    private static char[] MakePlain()
    {
        var plain = new char[PlainLength];
        for (var i = 1; i < PlainLength; i++)
            plain[i] = OneOf((char)i);
        return plain;
    }

    private static char OneOf(char letter) =>
        letter switch
        {
            'ø' or 'ǿ' => 'o',
            'đ' or 'ð' => 'd',
            'ł' => 'l',
            'ħ' => 'h',
            'ı' => 'i',
            'ς' => 'σ',
            'ё' or 'ѐ' => 'е',
            'آ' or 'أ' or 'إ' or 'ٱ' => 'ا',
            'ى' or 'ی' => 'ي',
            'ک' => 'ك',
            'ة' or 'ۀ' or 'ہ' => 'ه',
            // Tatweel; vowel signs, and the small alef above.
            'ـ' or 'ٰ' or (>= '\u064b' and <= '\u0652') => Removed,
            // Hebrew points and accents, not its marks of punctuation.
            >= '\u0591' and <= '\u05c7' => IsMark(letter) ? Removed : letter,
            >= '\u0300' and <= '\u036f' => Removed,
            // й, ї and ў decompose, and are letters of their own.
            >= '\u0400' and <= '\u052f' => letter,
            _ when char.IsDigit(letter) => (char)('0' + (int)char.GetNumericValue(letter)),
            _ => WithoutAccents(letter),
        };

    private static char WithoutAccents(char letter)
    {
        var parts = letter.ToString().Normalize(NormalizationForm.FormD);
        return parts.Length > 1 && parts.Skip(1).All(part => part is >= '\u0300' and <= '\u036f') ? OneOf(parts[0]) : letter;
    }

    private static bool IsMark(char letter) => char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;
}
