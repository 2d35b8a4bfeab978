using System.Security.Cryptography;
using System.Text;

namespace Api.Http.Signing;

/// <summary>A secret that sender and receiver share, <c>whsec_…</c>: signatures <c>v1</c>, HMAC-SHA256.</summary>
internal sealed class HmacKey : SigningKey
{
    private const string Prefix = "whsec_";
    private const int Least = 24;
    private const int Most = 64;

    private readonly byte[] key;

    private HmacKey(byte[] key) => this.key = key;

    public override string Secret => Prefix + Convert.ToBase64String(key);

    public override string ForReceiver => Secret;

    /// <summary>A new random key of 32 bytes.</summary>
    public static HmacKey New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Parses a secret of 24 to 64 bytes; null when the text is not one.</summary>
    public static new HmacKey? Parse(string text)
    {
        var bytes = new byte[Most];
        return
            text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            && length >= Least
            ? new HmacKey(bytes[..length])
            : null;
    }

    public override string Sign(string id, string timestamp, ReadOnlySpan<byte> body) =>
        $"{Symmetric},{Convert.ToBase64String(HMACSHA256.HashData(key, Content(id, timestamp, body)))}";

    /// <summary>Whether one of the signatures, with spaces between them, is valid. Pure; the comparison takes constant time.</summary>
    public bool Verifies(string id, string timestamp, ReadOnlySpan<byte> body, string signatures)
    {
        var expected = Encoding.UTF8.GetBytes(Sign(id, timestamp, body));
        var isValid = false;
        foreach (var signature in signatures.Split(' '))
            isValid |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected);
        return isValid;
    }
}
