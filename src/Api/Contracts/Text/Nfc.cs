using System.Buffers;

namespace Api.Contracts.Text;

/// <summary>Unicode normalization form C (UAX #15).</summary>
internal static class Nfc
{
    // What string.Normalize() may reject: surrogates, and the noncharacter that is a byte order mark read the wrong way round.
    private static readonly SearchValues<char> Doubtful = SearchValues.Create([
        .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code),
        '\uFFFE',
    ]);

    /// <summary>
    /// The text in normalization form C. Lone surrogates and U+FFFE, which <see cref="string.Normalize()"/> rejects, become U+FFFD.
    /// </summary>
    public static string Normalize(string text) => (text.AsSpan().ContainsAny(Doubtful) ? Replaced(text) : text).Normalize();

    /// <summary>True when <see cref="Normalize"/> would change nothing.</summary>
    public static bool IsNormalized(string text) => Normalize(text) == text;

    private static string Replaced(string text) => string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');
}
