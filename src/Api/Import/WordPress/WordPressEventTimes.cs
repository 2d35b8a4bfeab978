using System.Globalization;
using Api.Http;
using NodaTime;

namespace Api.Import.WordPress;

/// <summary>Reads the times of events from custom fields, in the ways plugins write them. Pure.</summary>
internal static class WordPressEventTimes
{
    private static readonly string[] Local =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyyMMdd HH:mm", "yyyyMMdd", "yyyy-MM-dd"];

    /// <summary>An instant, UTC; null when the text is none.</summary>
    /// <param name="text">Local time, date, RFC 3339 or seconds since 1970.</param>
    /// <param name="field">The field it comes from: one whose name ends in UTC or gmt is in UTC.</param>
    /// <param name="zone">The zone of local times; null for <paramref name="distance"/>.</param>
    /// <param name="distance">The site's distance from UTC.</param>
    public static DateTime? Instant(string text, string field, DateTimeZone? zone, TimeSpan distance)
    {
        text = text.Trim();
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year >= WordPressDates.FirstYear)
            return IsUtc(field) ? DateTime.SpecifyKind(local, DateTimeKind.Utc) : ToUtc(local, zone, distance);
        if (text.Length is 9 or 10 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.UtcDateTime
            : null;
    }

    /// <summary>The IANA zone of this name; null for any other text, such as WordPress's "UTC+2".</summary>
    public static DateTimeZone? Zone(string name) => name.Contains('/', StringComparison.Ordinal) ? TimeZones.Find(name) : null;

    // In an hour that the clocks show twice, PHP means the first as well.
    private static DateTime ToUtc(DateTime local, DateTimeZone? zone, TimeSpan distance) =>
        zone is null ? DateTime.SpecifyKind(local - distance, DateTimeKind.Utc) : TimeZones.InstantOf(local, zone);

    private static bool IsUtc(string field) => field.EndsWith("utc", StringComparison.OrdinalIgnoreCase) || field.EndsWith("gmt", StringComparison.OrdinalIgnoreCase);
}
