using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Api.Settings;

namespace Api.Hooks;

/// <summary>The secret of a webhook, and its signatures: Standard Webhooks 1.0, symmetric (<c>v1</c>, HMAC-SHA256).</summary>
internal sealed class HookSecret
{
    /// <summary>The most that the time in a request may differ from the server's, in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string Prefix = "whsec_";
    private const int LongestHeader = 1_000;

    private static readonly Setting Setting = new("Follow:HookSecret", "text")
    {
        DefaultNote = "none: the address does not exist",
        Range = "`whsec_` and 24 to 64 bytes in Base64",
        Effect =
            "Turns on `POST /hooks/wordpress`, by which a WordPress site says that something has changed ([following WordPress](following-wordpress.md#at-once)).",
    };

    private readonly byte[] key;

    private HookSecret(byte[] key) => this.key = key;

    /// <summary>The secret of the settings; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">It is none; the message does not show it.</exception>
    public static HookSecret? From(IConfiguration configuration) =>
        Setting.Find(configuration) is not { Length: > 0 } text
            ? null
            : Parse(text)
                ?? throw new InvalidOperationException(
                    "The setting Follow:HookSecret has to be whsec_ and 24 to 64 bytes in Base64, as 'follow wordpress --print-plugin' prints it."
                );

    /// <summary>Parses a secret; null when the text is not one.</summary>
    public static HookSecret? Parse(string text)
    {
        var bytes = new byte[64];
        return
            text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            && length >= 24
            ? new HookSecret(bytes[..length])
            : null;
    }

    /// <summary>The text form of a key of 32 bytes.</summary>
    public static string Write(ReadOnlySpan<byte> key) => Prefix + Convert.ToBase64String(key);

    /// <summary>Checks that the headers are present and the time is current. Call it before reading the body. Pure.</summary>
    /// <returns>The error, as a sentence; null for none.</returns>
    public static string? CheckTime(string id, string timestamp, string signatures, DateTimeOffset now)
    {
        if (id.Length is 0 or > LongestHeader || timestamp.Length is 0 or > LongestHeader || signatures.Length is 0 or > LongestHeader)
            return "The headers webhook-id, webhook-timestamp and webhook-signature have to be there.";
        return
            long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs((double)seconds - now.ToUnixTimeSeconds()) <= Tolerance.TotalSeconds
            ? null
            : "webhook-timestamp has to be the seconds since 1970, within five minutes of the time here.";
    }

    /// <summary>Whether one of the signatures is valid. Pure; the comparison takes constant time.</summary>
    public bool Signs(string id, string timestamp, ReadOnlySpan<byte> body, string signatures)
    {
        var expected = Sign(id, timestamp, body);
        var isValid = false;
        foreach (var signature in signatures.Split(' '))
            isValid |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(expected));
        return isValid;
    }

    /// <summary>The signature of a request, such as <c>v1,K5oZ…</c>.</summary>
    public string Sign(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content));
    }
}
