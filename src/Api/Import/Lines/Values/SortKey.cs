using System.Text;
using AnyAscii;

namespace Api.Import.Lines.Values;

/// <summary>The text by which a title or name is sorted, byte by byte (collation "C").</summary>
/// <remarks>
/// Every script is transliterated to Latin letters, so that <c>Élan</c> stands beside <c>Elan</c> and <c>Юрьева</c> among the names in Y.
/// The key does not depend on the locale of the database's machine, so every copy of the content has the same order.
/// </remarks>
internal static class SortKey
{
    /// <summary>The maximum number of characters of a key.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// Transliterated to ASCII, in lower case, without quotes and without punctuation at the start; each run of white space is one space.
    /// </summary>
    public static string Of(string text)
    {
        var key = new StringBuilder();
        foreach (var c in (text.Length > MaxLength * 2 ? text[..(MaxLength * 2)] : text).Transliterate())
        {
            if (c is '"' or '\'' or '`' || key.Length == 0 && !char.IsAsciiLetterOrDigit(c))
                continue;
            if (char.IsWhiteSpace(c) && key[^1] == ' ')
                continue;
            key.Append(char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c));
            if (key.Length == MaxLength)
                break;
        }
        return key.ToString().TrimEnd();
    }
}
