using System.Globalization;
using System.Text.RegularExpressions;
using Api.Contracts.Text;

namespace Api.Import.Lines.Values;

/// <summary>Makes valid slugs from WordPress slugs, titles and names.</summary>
internal static partial class Slugs
{
    /// <summary>The WordPress slug, decoded and corrected; empty when no valid character remains.</summary>
    /// <param name="slug">
    /// A <c>post_name</c> or <c>nicename</c>: lower case, other scripts percent-encoded and possibly cut in the middle of a character.
    /// </param>
    public static string FromSlug(string slug)
    {
        // WordPress truncates at 200 bytes of the encoded form: an incomplete last character is removed.
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
