using System.Globalization;
using Api.Http.Signing;
using Api.Settings;

namespace Api.Hooks;

/// <summary>The secret of incoming webhooks, and the check of their headers: Standard Webhooks 1.0, symmetric.</summary>
internal static class HookSecret
{
    /// <summary>The most that the time in a request may differ from the server's, in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int LongestHeader = 1_000;

    private static readonly Setting Setting = new("Follow:HookSecret", "text")
    {
        DefaultNote = "none: the address does not exist",
        Range = "`whsec_` and 24 to 64 bytes in Base64",
        Effect =
            "Turns on `POST /hooks/wordpress`, by which a WordPress site says that something has changed ([following WordPress](following-wordpress.md#at-once)).",
    };

    /// <summary>The secret of the settings; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">It is none; the message does not show it.</exception>
    public static HmacKey? From(IConfiguration configuration) =>
        Setting.Find(configuration) is not { Length: > 0 } text
            ? null
            : HmacKey.Parse(text)
                ?? throw new InvalidOperationException(
                    "The setting Follow:HookSecret has to be whsec_ and 24 to 64 bytes in Base64, as 'follow wordpress --print-plugin' prints it."
                );

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
}
