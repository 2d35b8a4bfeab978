using System.Buffers;
using System.Text;
using Api.Http.Keys;

namespace Api.Http.Requests;

/// <summary>Splits and decodes a query string strictly. The framework would silently repair malformed input.</summary>
internal static class RawQuery
{
    // Characters that need no decoding.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,:!$'()*/;@"
    );

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The pairs in order, still encoded, without tracking parameters.</summary>
    public static IEnumerable<(string Name, string Value)> Split(string query)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Pair(pair);
            if (!IsTracking(name))
                yield return (name, value);
        }
    }

    /// <summary>The name of the first parameter that holds a key, of those that trackers append as well; null for none.</summary>
    public static string? KeyIn(string query)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Pair(pair);
            if ((TryDecode(name, out var plain) && ApiKey.IsIn(plain)) | (TryDecode(value, out var text) && ApiKey.IsIn(text)))
                return plain;
        }
        return null;
    }

    /// <summary>
    /// Decodes form encoding (<c>+</c> is a space) to NFC. False for a broken escape, invalid UTF-8, a lone surrogate or a control
    /// character.
    /// </summary>
    public static bool TryDecode(string encoded, out string text)
    {
        text = encoded;
        if (!encoded.AsSpan().ContainsAnyExcept(Plain))
            return true;
        text = "";
        try
        {
            var utf8 = StrictUtf8.GetBytes(encoded);
            var bytes = new List<byte>(utf8.Length);
            for (var i = 0; i < utf8.Length; i++)
            {
                if (utf8[i] == (byte)'+')
                    bytes.Add((byte)' ');
                else if (utf8[i] != (byte)'%')
                    bytes.Add(utf8[i]);
                else if (i + 2 < utf8.Length && char.IsAsciiHexDigit((char)utf8[i + 1]) && char.IsAsciiHexDigit((char)utf8[i + 2]))
                {
                    bytes.Add(Convert.FromHexString([(char)utf8[i + 1], (char)utf8[i + 2]])[0]);
                    i += 2;
                }
                else
                    return false;
            }
            var decoded = StrictUtf8.GetString([.. bytes]);
            // Noncharacters are no text, and one of them cannot be normalized.
            if (decoded.Any(character => char.IsControl(character) || character is '\uFFFE' or '\uFFFF'))
                return false;
            text = decoded.Normalize();
            return true;
        }
        catch (ArgumentException)
        {
            // The base type of encoder and decoder fallback exceptions. The encoding has no method that checks beforehand.
            return false;
        }
    }

    private static (string Name, string Value) Pair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
    }

    /// <summary>True for parameters that newsletters and social networks append to addresses.</summary>
    public static bool IsTracking(string name) => name.StartsWith("utm_", StringComparison.Ordinal) || name is "fbclid" or "gclid";
}
