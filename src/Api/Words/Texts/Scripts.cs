using System.Globalization;

namespace Api.Words.Texts;

/// <summary>What a character is to the reading of words.</summary>
internal enum Script : byte
{
    /// <summary>It separates words.</summary>
    None,

    /// <summary>A letter or digit of a script that writes words apart.</summary>
    Spaced,

    /// <summary>A Chinese character or Japanese kana.</summary>
    Han,

    /// <summary>A letter of Thai.</summary>
    Thai,

    /// <summary>A letter of Lao.</summary>
    Lao,

    /// <summary>A letter of Khmer.</summary>
    Khmer,

    /// <summary>A letter of Burmese.</summary>
    Burmese,

    /// <summary>A syllable of Korean, which is written with spaces, but not always the same ones.</summary>
    Hangul,

    /// <summary>A combining mark, which belongs to the character before it.</summary>
    Mark,

    /// <summary>A character that is left out, such as a soft hyphen.</summary>
    Ignored,
}

/// <summary>Classifies characters. Pure.</summary>
internal static class Scripts
{
    private static readonly Script[] Table = Make();

    /// <summary>The class of a UTF-16 code unit. Of characters beyond the first plane, only Chinese ones are letters.</summary>
    public static Script Of(char c) => Table[c];

    /// <summary>Whether the script does not separate words, or not always alike.</summary>
    public static bool IsUnspaced(Script script) => script is >= Script.Han and <= Script.Hangul;

    private static Script[] Make()
    {
        var table = new Script[char.MaxValue + 1];
        for (var c = 0; c <= char.MaxValue; c++)
            table[c] = Find((char)c);
        return table;
    }

    private static Script Find(char c) =>
        c switch
        {
            // Soft hyphen, tatweel, zero-width space and joiner, word joiner; variation selectors; Arabic vowel signs; Hebrew points.
            '\u00ad' or '\u0640' or '\u200b' or '\u200d' or '\u2060' or '\ufeff' => Script.Ignored,
            (>= '\ufe00' and <= '\ufe0f') or (>= '\u064b' and <= '\u0652') or '\u0670' => Script.Ignored,
            >= '\u0591' and <= '\u05c7' and not '\u05be' and not '\u05c0' and not '\u05c3' and not '\u05c6' => Script.Ignored,
            // Apostrophes, which are letters by their category.
            '\u02bb' or '\u02bc' => Script.None,
            // The iteration mark of 佐々木 and the number zero are no ideographs by their category.
            >= '\u3005' and <= '\u3007' => Script.Han,
            // High surrogates of the second and third plane, and all low surrogates, which continue a character.
            >= '\ud840' and <= '\ud88d' => Script.Han,
            >= '\udc00' and <= '\udfff' => Script.Mark,
            _ => OfCategory(c),
        };

    private static Script OfCategory(char c)
    {
        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.NonSpacingMark:
            case UnicodeCategory.SpacingCombiningMark:
                return Script.Mark;
            case UnicodeCategory.UppercaseLetter:
            case UnicodeCategory.LowercaseLetter:
            case UnicodeCategory.TitlecaseLetter:
            case UnicodeCategory.ModifierLetter:
            case UnicodeCategory.OtherLetter:
            case UnicodeCategory.LetterNumber:
            case UnicodeCategory.DecimalDigitNumber:
                break;
            default:
                return Script.None;
        }
        return c switch
        {
            >= '\u0e00' and <= '\u0e4f' => Script.Thai,
            >= '\u0e80' and <= '\u0ecf' => Script.Lao,
            >= '\u1780' and <= '\u17df' => Script.Khmer,
            (>= '\u1000' and <= '\u103f') or (>= '\u104c' and <= '\u109f') or (>= '\uaa60' and <= '\uaa7f') => Script.Burmese,
            (>= '\uac00' and <= '\ud7a3') or (>= '\u1100' and <= '\u11ff') => Script.Hangul,
            (>= '\u3041' and <= '\u30ff') or (>= '\u31f0' and <= '\u31ff') or (>= '\uff66' and <= '\uff9f') => Script.Han,
            (>= '\u3400' and <= '\u4dbf') or (>= '\u4e00' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff') => Script.Han,
            _ => Script.Spaced,
        };
    }
}
