using System.Text;
using AnyAscii;

namespace Api.Import.Lines.Values;

/// <summary>The text a title or name is sorted by, byte by byte (collation "C").</summary>
/// <remarks>
/// Latin letters of every script, so that <c>Élan</c> stands beside <c>Elan</c> and <c>Юрьева</c> among the names in Y; it depends on no
/// locale of the database's machine, so every copy of the content has the same order.
/// </remarks>
internal static class SortKey
{
    /// <summary>The most characters a key has.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// Transliterated to ASCII, in small letters, without quotes anywhere and punctuation at the start, each run of white space one space.
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
