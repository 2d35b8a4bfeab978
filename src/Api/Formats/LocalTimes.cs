using System.Globalization;
using Api.Contracts;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>Formats the times of events in their own time zones. Pure.</summary>
internal static class LocalTimes
{
    /// <summary>An instant (UTC) as local time of a zone with its offset; in UTC when the zone is unknown.</summary>
    public static DateTimeOffset At(DateTime instant, string zone) => Find(instant, zone) ?? new DateTimeOffset(instant, TimeSpan.Zero);

    /// <summary>
    /// The title, prefixed with "Cancelled:" or "Postponed:" unless the title already says so, because few readers show a status.
    /// </summary>
    public static string TitleOf(Event one)
    {
        var word = one.Status switch
        {
            "cancelled" => "Cancelled",
            "postponed" => "Postponed",
            _ => "",
        };
        return word.Length == 0 || one.Title.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? one.Title : $"{word}: {one.Title}";
    }

    /// <summary>
    /// A time such as "Tuesday, June 10, 2025, 16:00–17:00 (America/New_York)"; for all-day events "2 October 2026, all day" or "2 October
    /// 2026 – 4 October 2026, all day".
    /// </summary>
    public static string Of(Event one)
    {
        if (one.AllDay)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{one.StartsOn:d MMMM yyyy}{(one.EndsOn is { } last && last != one.StartsOn ? $" – {last:d MMMM yyyy}" : "")}, all day"
            );
        var zone = Find(one.StartsAt, one.TimeZone) is null ? "UTC" : one.TimeZone;
        var (start, end) = (At(one.StartsAt, zone), one.EndsAt is { } ends ? At(ends, zone) : (DateTimeOffset?)null);
        var until =
            end is null ? ""
            : end.Value.Date == start.Date ? $"–{end.Value:HH:mm}"
            : string.Create(CultureInfo.InvariantCulture, $" – {end.Value:dddd, MMMM d, yyyy, HH:mm}");
        return string.Create(CultureInfo.InvariantCulture, $"{start:dddd, MMMM d, yyyy, HH:mm}{until} ({zone})");
    }

    private static DateTimeOffset? Find(DateTime instant, string zone) =>
        TimeZones.Find(zone) is { } known ? TimeZones.At(instant, known) : null;
}
