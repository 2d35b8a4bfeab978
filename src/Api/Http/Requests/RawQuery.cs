using System.Buffers;
using System.Text;

namespace Api.Http.Requests;

/// <summary>Splits and decodes a query string strictly: what the framework would repair silently is told apart here.</summary>
internal static class RawQuery
{
    // What stands for itself.
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,:!$'()*/;@");

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The pairs in order, still encoded, without what trackers add.</summary>
    public static IEnumerable<(string Name, string Value)> Split(string query)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            if (!IsTracking(name)) yield return (name, value);
        }
    }

    /// <summary>Form decoding (<c>+</c> is a space) into NFC. False for a broken escape, bytes that are not UTF-8, a lone surrogate or a control character.</summary>
    public static bool TryDecode(string encoded, out string text)
    {
        text = encoded;
        if (!encoded.AsSpan().ContainsAnyExcept(Plain)) return true;
        text = "";
        try
        {
            var utf8 = StrictUtf8.GetBytes(encoded);
            var bytes = new List<byte>(utf8.Length);
            for (var i = 0; i < utf8.Length; i++)
            {
                if (utf8[i] == (byte)'+') bytes.Add((byte)' ');
                else if (utf8[i] != (byte)'%') bytes.Add(utf8[i]);
                else if (i + 2 < utf8.Length && char.IsAsciiHexDigit((char)utf8[i + 1]) && char.IsAsciiHexDigit((char)utf8[i + 2]))
                {
                    bytes.Add(Convert.FromHexString([(char)utf8[i + 1], (char)utf8[i + 2]])[0]);
                    i += 2;
                }
                else return false;
            }
            text = StrictUtf8.GetString([.. bytes]).Normalize();
            return !text.Any(char.IsControl);
        }
        catch (ArgumentException)
        {
            // Both encoder and decoder fall-back exceptions derive from it; there is no asking beforehand.
            return false;
        }
    }

    /// <summary>True for what newsletters and social networks append to addresses.</summary>
    public static bool IsTracking(string name) =>
        name.StartsWith("utm_", StringComparison.Ordinal) || name is "fbclid" or "gclid";
}
