using System.Globalization;
using System.Text;

namespace Api.Contracts.Text;

/// <summary>The part of an address that names an item: lower-case letters of any script, marks, digits, <c>_</c> and <c>-</c>.</summary>
internal static class Slug
{
    /// <summary>Maximum length of a slug, in UTF-8 bytes.</summary>
    public const int MaxBytes = 200;

    /// <summary>True for <c>[\p{Ll}\p{Lo}\p{M}\p{N}_-]+</c> in normalization form C, at most 200 bytes of UTF-8.</summary>
    public static bool IsValid(string text) => IsMatch(text) && Encoding.UTF8.GetByteCount(text) <= MaxBytes && Nfc.IsNormalized(text);

    /// <summary>
    /// Makes a slug from a text, such as a title: letters become lower case, apostrophes are dropped, and other characters that a slug
    /// cannot hold become hyphens. A valid slug is returned unchanged. Empty when no character of the text can be used.
    /// </summary>
    public static string From(string text)
    {
        if (IsValid(text))
            return text;
        var slug = new StringBuilder();
        var bytes = 0;
        var gap = false;
        foreach (var rune in Nfc.Normalize(Nfc.Normalize(text).ToLowerInvariant()).EnumerateRunes())
        {
            if (rune.Value is '\'' or '’' or '‘' or 'ʼ')
                continue;
            if (!IsAllowed(rune))
            {
                gap = slug.Length > 0;
                continue;
            }
            bytes += rune.Utf8SequenceLength + (gap ? 1 : 0);
            if (bytes > MaxBytes)
                break;
            if (gap)
                slug.Append('-');
            slug.Append(rune.ToString());
            gap = false;
        }
        // After an apostrophe is dropped, a mark may follow a letter it composes with: only form C is valid.
        var made = Nfc.Normalize(slug.ToString());
        return IsValid(made) ? made : "";
    }

    private static bool IsAllowed(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.LowercaseLetter
                or UnicodeCategory.OtherLetter
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.LetterNumber
                or UnicodeCategory.OtherNumber
        || rune.Value is '_';

    // Not a Regex: .NET matches UTF-16 code units, so a letter beyond U+FFFF would be two surrogates.
    private static bool IsMatch(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsAllowed(rune) && rune.Value != '-')
                return false;
        }
        return text.Length > 0;
    }
}
