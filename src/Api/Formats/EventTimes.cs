using System.Globalization;
using Api.Contracts;

namespace Api.Formats;

/// <summary>The times of events in their own zone. Pure.</summary>
internal static class EventTimes
{
    /// <summary>An instant (UTC) on the clocks of a zone, with their offset; UTC where the zone is not known.</summary>
    public static DateTimeOffset At(DateTime instant, string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTime(new DateTimeOffset(instant, TimeSpan.Zero), known) : new DateTimeOffset(instant, TimeSpan.Zero);

    /// <summary>The title, after "Cancelled:" or "Postponed:" where that holds and the title does not say so itself: few readers show a status.</summary>
    public static string TitleOf(Event one)
    {
        var word = one.Status switch { "cancelled" => "Cancelled", "postponed" => "Postponed", _ => "" };
        return word.Length == 0 || one.Title.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? one.Title : $"{word}: {one.Title}";
    }

    /// <summary>Such as "Tuesday, June 10, 2025, 16:00–17:00 (America/New_York)".</summary>
    public static string Of(Event one)
    {
        var (start, end) = (At(one.StartsAt, one.TimeZone), one.EndsAt is { } ends ? At(ends, one.TimeZone) : (DateTimeOffset?)null);
        var until = end is null ? "" : end.Value.Date == start.Date ? $"–{end.Value:HH:mm}" : string.Create(CultureInfo.InvariantCulture, $" – {end.Value:dddd, MMMM d, yyyy, HH:mm}");
        return string.Create(CultureInfo.InvariantCulture, $"{start:dddd, MMMM d, yyyy, HH:mm}{until} ({one.TimeZone})");
    }
}
