using System.Text;

namespace Api.Http.Signing;

/// <summary>A key that signs webhooks as Standard Webhooks 1.0 describes.</summary>
internal abstract class SigningKey
{
    /// <summary>Symmetric: HMAC-SHA256.</summary>
    public const string Symmetric = "v1";

    /// <summary>Asymmetric: Ed25519.</summary>
    public const string Asymmetric = "v1a";

    /// <summary>The secret in its text form, from which <see cref="Parse"/> makes the key again.</summary>
    public abstract string Secret { get; }

    /// <summary>What a receiver needs to verify signatures: the secret, or the public key (<c>whpk_…</c>).</summary>
    public abstract string ForReceiver { get; }

    /// <summary>A new random key.</summary>
    /// <param name="version"><see cref="Symmetric"/> or <see cref="Asymmetric"/>.</param>
    public static SigningKey New(string version) => version == Asymmetric ? Ed25519Key.New() : HmacKey.New();

    /// <summary>Parses a secret; null when the text is not one.</summary>
    public static SigningKey? Parse(string text) => (SigningKey?)HmacKey.Parse(text) ?? Ed25519Key.Parse(text);

    /// <summary>The signature of a request, such as <c>v1,K5oZ…</c>.</summary>
    /// <param name="id">The header <c>webhook-id</c>, without a dot.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: seconds since 1970.</param>
    /// <param name="body">The body, as it is sent.</param>
    public abstract string Sign(string id, string timestamp, ReadOnlySpan<byte> body);

    /// <summary>The bytes that are signed.</summary>
    protected static byte[] Content(string id, string timestamp, ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
}
