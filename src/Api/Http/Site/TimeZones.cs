using NodaTime;
using NodaTime.TimeZones;

namespace Api.Http.Site;

/// <summary>
/// The time zones behind every local date and hour: those of the IANA database inside NodaTime, whose version is pinned with the packages. The machine's and PostgreSQL's own may be years older, and are
/// not asked. Pure.
/// </summary>
internal static class TimeZones
{
#pragma warning disable RS0030 // This is the place that all others are led to.
    private static readonly IDateTimeZoneProvider Zones = DateTimeZoneProviders.Tzdb;
#pragma warning restore RS0030

    /// <summary>Version of the database, such as <c>2026f</c>.</summary>
    public static string Version => TzdbDateTimeZoneSource.Default.TzdbVersion;

    /// <summary>The zone of an IANA name, such as <c>Europe/Berlin</c>, or of a link to one, such as <c>US/Pacific</c>; null for any other text.</summary>
    public static DateTimeZone? Find(string name) =>
        // NodaTime makes zones of UTC+01:30 and the like, which nobody else knows.
        name.Length > 3 && name.StartsWith("UTC", StringComparison.Ordinal) ? null : Zones.GetZoneOrNull(name);

    /// <summary>An instant (UTC) on the clocks of a zone, with their distance from UTC; null where that has seconds, as before there was standard time, which no other format can say.</summary>
    public static DateTimeOffset? At(DateTime instant, DateTimeZone zone)
    {
        var distance = zone.GetUtcOffset(Instant.FromDateTimeUtc(instant)).ToTimeSpan();
        return distance.Seconds == 0 ? new DateTimeOffset(Moved(instant, distance, DateTimeKind.Unspecified), distance) : null;
    }

    /// <summary>What the clocks of a zone show at an instant (UTC), at the ends of time the first or last that can be written.</summary>
    public static DateTime LocalOf(DateTime instant, DateTimeZone zone) =>
        Moved(instant, zone.GetUtcOffset(Instant.FromDateTimeUtc(instant)).ToTimeSpan(), DateTimeKind.Unspecified);

    /// <summary>The instant (UTC) at which the clocks of a zone show a local time: the first when they show it twice; one that they skip is as much later as they skip.</summary>
    public static DateTime InstantOf(DateTime local, DateTimeZone zone) =>
        Moved(local, -zone.MapLocal(LocalDateTime.FromDateTime(local)).EarlyInterval.WallOffset.ToTimeSpan(), DateTimeKind.Utc);

    /// <summary>The first instant (UTC) of a day: after the gap when midnight is skipped, the earlier one when it happens twice.</summary>
    public static DateTime StartOf(DateOnly day, DateTimeZone zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(midnight));
        return mapping.Count == 0 ? mapping.LateInterval.Start.ToDateTimeUtc() : Moved(midnight, -mapping.EarlyInterval.WallOffset.ToTimeSpan(), DateTimeKind.Utc);
    }

    private static DateTime Moved(DateTime time, TimeSpan by, DateTimeKind kind) => new(Math.Clamp(time.Ticks + by.Ticks, 0, DateTime.MaxValue.Ticks), kind);
}
