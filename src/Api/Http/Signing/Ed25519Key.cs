using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Api.Http.Signing;

/// <summary>
/// A key pair: signatures <c>v1a</c>, Ed25519 (RFC 8032). .NET has no Ed25519 of its own. The receiver gets the public key only.
/// </summary>
internal sealed class Ed25519Key : SigningKey
{
    private const string Prefix = "whsk_";
    private const string PublicPrefix = "whpk_";

    private readonly byte[] secret;
    private readonly byte[] publicKey = new byte[Ed25519.PublicKeySize];

    private Ed25519Key(byte[] secret)
    {
        this.secret = secret;
        Ed25519.GeneratePublicKey(secret, 0, publicKey, 0);
    }

    public override string Secret => Prefix + Convert.ToBase64String(secret);

    public override string ForReceiver => PublicPrefix + Convert.ToBase64String(publicKey);

    /// <summary>A new random key.</summary>
    public static Ed25519Key New() => new(RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>Parses a secret key of 32 bytes; null when the text is not one.</summary>
    public static new Ed25519Key? Parse(string text)
    {
        var bytes = new byte[Ed25519.SecretKeySize];
        return
            text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            && length == bytes.Length
            ? new Ed25519Key(bytes)
            : null;
    }

    public override string Sign(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var content = Content(id, timestamp, body);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(secret, 0, publicKey, 0, content, 0, content.Length, signature, 0);
        return $"{Asymmetric},{Convert.ToBase64String(signature)}";
    }
}
