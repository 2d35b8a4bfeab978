using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Http.Keys;

/// <summary>
/// A key of a client: <c>cak_ID_SECRET</c>. The id names it, and may be shown. The secret has 160 random bits, and four characters that
/// reveal a typing error without the database. Written in Crockford's base 32, in lower case.
/// </summary>
internal sealed partial class ApiKey
{
    private const string Prefix = "cak_";
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdLength = 8;
    private const int SecretLength = 32;
    private const int CheckLength = 4;

    private ApiKey(string text) => Text = text;

    /// <summary>The whole key, as the client sends it. Never log it.</summary>
    public string Text { get; }

    /// <summary>Its id: eight characters.</summary>
    public string Id => Text.Substring(Prefix.Length, IdLength);

    /// <summary>What is stored of it: the SHA-256 of its text.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Makes a new key.</summary>
    public static ApiKey New() =>
        Of(RandomNumberGenerator.GetString(Digits, IdLength), RandomNumberGenerator.GetString(Digits, SecretLength));

    /// <summary>The key of an id and a secret, without its check characters. Pure.</summary>
    public static ApiKey Of(string id, string secret)
    {
        var body = $"{Prefix}{id}_{secret}";
        return new ApiKey(body + Check(body));
    }

    /// <summary>Parses a key; null for any other text. Pure.</summary>
    public static ApiKey? Parse(string text) =>
        Whole().IsMatch(text) && text.AsSpan(^CheckLength..).SequenceEqual(Check(text[..^CheckLength])) ? new ApiKey(text) : null;

    /// <summary>Whether a text holds a key, or most of one. Pure.</summary>
    public static bool IsIn(string text) => MayHold(text) && Most().IsMatch(text);

    /// <summary>The text with <c>cak_[removed]</c> in place of everything that is a key, or begins like one. Pure.</summary>
    public static string RemoveFrom(string text) => MayHold(text) ? Form().Replace(text, $"{Prefix}[removed]") : text;

    /// <summary>Likewise for an address, in which a key may be percent-encoded. Pure.</summary>
    public static string RemoveFromAddress(string address)
    {
        var cleaned = RemoveFrom(address);
        return IsIn(Uri.UnescapeDataString(cleaned)) ? "[removed]" : cleaned;
    }

    private static bool MayHold(string text) => text.Contains(Prefix, StringComparison.OrdinalIgnoreCase);

    // 20 bits of the hash.
    private static string Check(string body)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(body));
        var bits = (hash[0] << 12) | (hash[1] << 4) | (hash[2] >> 4);
        return string.Create(
            CheckLength,
            bits,
            static (text, bits) =>
            {
                for (var place = 0; place < text.Length; place++)
                    text[place] = Digits[(bits >> (5 * (text.Length - 1 - place))) & 31];
            }
        );
    }

    [GeneratedRegex(@"^cak_[0-9a-hjkmnp-tv-z]{8}_[0-9a-hjkmnp-tv-z]{36}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    // Also in capitals, and one that was cut off: what is left of a secret is a secret.
    [GeneratedRegex("cak_[0-9a-z]{8}_[0-9a-z]{12}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Most();

    [GeneratedRegex("cak_[0-9a-z_]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
