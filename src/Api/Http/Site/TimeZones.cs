using NodaTime;
using NodaTime.TimeZones;

namespace Api.Http.Site;

/// <summary>
/// The time zones of all local dates and times: the IANA database in NodaTime, whose version is pinned with the packages. The databases of
/// the machine and of PostgreSQL may be years older and are not used. Pure.
/// </summary>
internal static class TimeZones
{
#pragma warning disable RS0030 // The one permitted use: all other code calls this class.
    private static readonly IDateTimeZoneProvider Zones = DateTimeZoneProviders.Tzdb;
#pragma warning restore RS0030

    /// <summary>Version of the database, such as <c>2026f</c>.</summary>
    public static string Version => TzdbDateTimeZoneSource.Default.TzdbVersion;

    /// <summary>
    /// The zone with an IANA name, such as <c>Europe/Berlin</c>, or an alias, such as <c>US/Pacific</c>; null for any other text.
    /// </summary>
    public static DateTimeZone? Find(string name) =>
        // NodaTime accepts UTC+01:30 and the like, which are not IANA names.
        name.Length > 3
        && name.StartsWith("UTC", StringComparison.Ordinal)
            ? null
            : Zones.GetZoneOrNull(name);

    /// <summary>
    /// An instant (UTC) in the local time of a zone, with the zone's offset. Null where the offset has seconds, as before standard time,
    /// which other formats cannot express.
    /// </summary>
    public static DateTimeOffset? At(DateTime instant, DateTimeZone zone)
    {
        var offset = zone.GetUtcOffset(Instant.FromDateTimeUtc(instant)).ToTimeSpan();
        return offset.Seconds == 0 ? new DateTimeOffset(Moved(instant, offset, DateTimeKind.Unspecified), offset) : null;
    }

    /// <summary>The local time of a zone at an instant (UTC), clamped to the range of <see cref="DateTime"/>.</summary>
    public static DateTime LocalOf(DateTime instant, DateTimeZone zone) =>
        Moved(instant, zone.GetUtcOffset(Instant.FromDateTimeUtc(instant)).ToTimeSpan(), DateTimeKind.Unspecified);

    /// <summary>
    /// The instant (UTC) of a local time in a zone: the earlier one when the local time occurs twice. A local time in a gap is moved
    /// forward by the length of the gap.
    /// </summary>
    public static DateTime InstantOf(DateTime local, DateTimeZone zone) =>
        Moved(local, -zone.MapLocal(LocalDateTime.FromDateTime(local)).EarlyInterval.WallOffset.ToTimeSpan(), DateTimeKind.Utc);

    /// <summary>
    /// The first instant (UTC) of a day: after the gap when midnight is skipped, the earlier one when midnight occurs twice.
    /// </summary>
    public static DateTime StartOf(DateOnly day, DateTimeZone zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(midnight));
        return mapping.Count == 0
            ? mapping.LateInterval.Start.ToDateTimeUtc()
            : Moved(midnight, -mapping.EarlyInterval.WallOffset.ToTimeSpan(), DateTimeKind.Utc);
    }

    private static DateTime Moved(DateTime time, TimeSpan by, DateTimeKind kind) =>
        new(Math.Clamp(time.Ticks + by.Ticks, 0, DateTime.MaxValue.Ticks), kind);
}
