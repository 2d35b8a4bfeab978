using System.Globalization;
using System.Text.RegularExpressions;
using Api.Contracts.Text;

namespace Api.Import.Lines.Values;

/// <summary>Makes valid slugs of what WordPress has.</summary>
internal static partial class Slugs
{
    /// <summary>The slug WordPress has, decoded and put right; empty when nothing of it remains.</summary>
    /// <param name="slug">A <c>post_name</c> or <c>nicename</c>: lower case, other scripts percent-encoded and possibly cut in the middle of a character.</param>
    public static string FromSlug(string slug)
    {
        // WordPress cuts at 200 bytes of the encoded form: what is left of the last character is no text.
        var text = Incomplete().Replace(Uri.UnescapeDataString(slug), "");
        return FromText(text.Replace("\uFFFD", "", StringComparison.Ordinal));
    }

    /// <summary>A slug from a title or a name; empty when there is no letter or digit.</summary>
    public static string FromText(string text) => Slug.From(text).Trim('-');

    /// <summary>The slug with a number after it, both within the limit.</summary>
    public static string Numbered(string slug, int number)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
        var length = 0;
        var bytes = 0;
        foreach (var rune in slug.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > Slug.MaxBytes - suffix.Length)
                break;
            length += rune.Utf16SequenceLength;
        }
        return slug[..length].TrimEnd('-') + suffix;
    }

    [GeneratedRegex("(?:%[0-9A-Fa-f]{0,2}){1,4}$")]
    private static partial Regex Incomplete();
}
