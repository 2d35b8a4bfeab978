using System.Globalization;
using Api.Http.Site;
using Api.Import.WordPress.Values;
using NodaTime;

namespace Api.Import.WordPress.Events;

/// <summary>The times of an event, as far as its custom fields give them.</summary>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC; null when the fields give no end.</param>
/// <param name="Days">First and last day of an all-day event; null for any other.</param>
/// <param name="Zone">Null for the site's time zone.</param>
/// <param name="Problem">A correction, for a note; null when there was none.</param>
internal sealed record WordPressEventTimes(
    DateTime StartsAt,
    DateTime? EndsAt,
    (DateOnly First, DateOnly Last)? Days,
    DateTimeZone? Zone,
    string? Problem
)
{
    private static readonly string[] Local =
    [
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm",
        "yyyyMMdd HH:mm",
        "yyyyMMdd",
        "yyyy-MM-dd",
    ];

    // Days outside this range cannot be represented in every time zone.
    private static readonly DateOnly FirstDay = new(WordPressDates.FirstYear, 1, 2),
        LastDay = new(9999, 12, 30);

    /// <summary>Reads the fields of an event; null when no start can be parsed: then the item cannot be an event.</summary>
    /// <param name="fields">The fields of the event.</param>
    /// <param name="dates">The site's UTC offsets, for times without a zone.</param>
    public static WordPressEventTimes? Read(WordPressEventFields fields, WordPressDates dates)
    {
        var name = fields.Of("timeZone");
        var clock = new Clock(WordPressEventZones.Find(name), WordPressEventZones.Distance(name), dates);
        var problem =
            clock.Zone is null && !WordPressEventZones.IsSite(name)
                ? $"its time zone '{PlainText.Of(name, 100)}' has no name in the time zone database: its times are shown in the site's"
                : null;
        if (fields.IsWholeDays)
            return WholeDays(fields, clock, problem);
        if (Instants(fields, "startsAt", clock) is not [var starts, ..])
            return null;
        DateTime? ends = Instants(fields, "endsAt", clock) is [var end, ..] ? end : null;
        if (ends < starts)
            (ends, problem) = (null, Join(problem, "it ends before it starts: the end is left out"));
        return new(starts, ends, null, clock.Zone, problem);
    }

    /// <summary>An instant in UTC; null when the text is not one.</summary>
    /// <param name="text">Local time, date, RFC 3339 or seconds since 1970.</param>
    /// <param name="isUtc">Whether a local time is in UTC.</param>
    /// <param name="toUtc">Converts a local time to UTC.</param>
    public static DateTime? Instant(string text, bool isUtc, Func<DateTime, DateTime> toUtc)
    {
        text = text.Trim();
        if (Written(text) is { } local)
            return isUtc ? DateTime.SpecifyKind(local, DateTimeKind.Utc) : toUtc(local);
        if (text.Length is 9 or 10 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        return
            text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            && instant.UtcDateTime.Year >= WordPressDates.FirstYear
            ? instant.UtcDateTime
            : null;
    }

    private static WordPressEventTimes? WholeDays(WordPressEventFields fields, Clock clock, string? problem)
    {
        if (
            Locals(fields, "startsAt", clock) is not [var starts, ..]
            || DateOnly.FromDateTime(starts) is var first && (first < FirstDay || first > LastDay)
        )
            return null;
        // A day may begin at six in the morning (The Events Calendar: end of day cutoff); it then ends at six.
        var last = Locals(fields, "endsAt", clock) is [var ends, ..]
            ? DateOnly.FromDateTime(ends >= starts ? ends - starts.TimeOfDay : ends)
            : first;
        if (last < first || last > LastDay)
            (last, problem) = (first, Join(problem, "it ends before it starts: it is of one day"));
        return new(default, null, (first, last), clock.Zone, problem);
    }

    private static List<DateTime> Instants(WordPressEventFields fields, string member, Clock clock) =>
        // For a zone given as a UTC offset, The Events Calendar (6.17) uses some zone with daylight saving time: its times in UTC are then
        // an hour wrong, while the local times are right.
        [
            .. fields
                .Times(member, byClock: clock.Distance is not null)
                .Select(time => Instant(time.Text, time.IsUtc, clock.ToUtc))
                .OfType<DateTime>(),
        ];

    // The local time gives the intended day; a time in UTC is only as reliable as the zone.
    private static List<DateTime> Locals(WordPressEventFields fields, string member, Clock clock) =>
        [
            .. fields
                .Times(member)
                .OrderBy(time => time.IsUtc)
                .Select(time =>
                    !time.IsUtc && Written(time.Text.Trim()) is { } local ? local
                    : Instant(time.Text, time.IsUtc, clock.ToUtc) is { } instant ? clock.ToLocal(instant)
                    : (DateTime?)null
                )
                .OfType<DateTime>(),
        ];

    private static DateTime? Written(string text) =>
        DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        && local.Year >= WordPressDates.FirstYear
            ? local
            : null;

    private static string Join(string? problem, string other) => problem is null ? other : $"{problem}; {other}";

    /// <summary>The clock of an event: its time zone, else its UTC offset, else the site's offsets.</summary>
    private sealed record Clock(DateTimeZone? Zone, TimeSpan? Distance, WordPressDates Dates)
    {
        // If a local time occurs twice, the first is taken, as PHP does.
        public DateTime ToUtc(DateTime local) =>
            Zone is not null ? TimeZones.InstantOf(local, Zone) : Moved(local, -(Distance ?? Dates.DistanceOn(local)), DateTimeKind.Utc);

        public DateTime ToLocal(DateTime utc) =>
            Zone is not null ? TimeZones.LocalOf(utc, Zone) : Moved(utc, Distance ?? Dates.DistanceOn(utc), DateTimeKind.Unspecified);

        private static DateTime Moved(DateTime time, TimeSpan by, DateTimeKind kind) =>
            new(Math.Clamp(time.Ticks + by.Ticks, 0, DateTime.MaxValue.Ticks), kind);
    }
}
