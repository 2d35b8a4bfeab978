using System.Globalization;
using Api.Http.Site;
using NodaTime;

namespace Api.Import.WordPress;

/// <summary>When an event is, as far as its custom fields say.</summary>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC; null when the fields do not say.</param>
/// <param name="Days">First and last day of an event of whole days; null for any other.</param>
/// <param name="Zone">Null for that of the site.</param>
/// <param name="Problem">What had to be put right, for a note; null when nothing had.</param>
internal sealed record WordPressEventTimes(DateTime StartsAt, DateTime? EndsAt, (DateOnly First, DateOnly Last)? Days, DateTimeZone? Zone, string? Problem)
{
    private static readonly string[] Local =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyyMMdd HH:mm", "yyyyMMdd", "yyyy-MM-dd"];

    // Days beyond cannot be told in every zone.
    private static readonly DateOnly FirstDay = new(WordPressDates.FirstYear, 1, 2), LastDay = new(9999, 12, 30);

    /// <summary>Reads the fields of an event; null when no start can be read: then it can be no event.</summary>
    /// <param name="fields">What its fields say.</param>
    /// <param name="dates">The clock of the site, for times without a zone.</param>
    public static WordPressEventTimes? Read(WordPressEventFields fields, WordPressDates dates)
    {
        var name = fields.Of("timeZone");
        var clock = new Clock(WordPressEventZones.Find(name), WordPressEventZones.Distance(name), dates);
        var problem = clock.Zone is null && !WordPressEventZones.IsSite(name)
            ? $"its time zone '{PlainText.Of(name, 100)}' has no name in the time zone database: its times are shown in the site's" : null;
        if (fields.IsWholeDays)
            return WholeDays(fields, clock, problem);
        if (Instants(fields, "startsAt", clock) is not [var starts, ..])
            return null;
        DateTime? ends = Instants(fields, "endsAt", clock) is [var end, ..] ? end : null;
        if (ends < starts)
            (ends, problem) = (null, Join(problem, "it ends before it starts: the end is left out"));
        return new(starts, ends, null, clock.Zone, problem);
    }

    /// <summary>An instant, UTC; null when the text is none.</summary>
    /// <param name="text">Local time, date, RFC 3339 or seconds since 1970.</param>
    /// <param name="isUtc">Whether a local time is by the clock of UTC.</param>
    /// <param name="toUtc">What a local time is in UTC.</param>
    public static DateTime? Instant(string text, bool isUtc, Func<DateTime, DateTime> toUtc)
    {
        text = text.Trim();
        if (Written(text) is { } local)
            return isUtc ? DateTime.SpecifyKind(local, DateTimeKind.Utc) : toUtc(local);
        if (text.Length is 9 or 10 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        return text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant.UtcDateTime.Year >= WordPressDates.FirstYear
            ? instant.UtcDateTime
            : null;
    }

    private static WordPressEventTimes? WholeDays(WordPressEventFields fields, Clock clock, string? problem)
    {
        if (Locals(fields, "startsAt", clock) is not [var starts, ..] || DateOnly.FromDateTime(starts) is var first && (first < FirstDay || first > LastDay))
            return null;
        // A day may begin at six in the morning (The Events Calendar: end of day cutoff): then it ends at six.
        var last = Locals(fields, "endsAt", clock) is [var ends, ..] ? DateOnly.FromDateTime(ends >= starts ? ends - starts.TimeOfDay : ends) : first;
        if (last < first || last > LastDay)
            (last, problem) = (first, Join(problem, "it ends before it starts: it is of one day"));
        return new(default, null, (first, last), clock.Zone, problem);
    }

    private static List<DateTime> Instants(WordPressEventFields fields, string member, Clock clock) =>
        // Of a distance from UTC The Events Calendar (6.17) makes some zone with summer time: then its own times in UTC are an hour off, and those it shows are not.
        [.. fields.Times(member, byClock: clock.Distance is not null).Select(time => Instant(time.Text, time.IsUtc, clock.ToUtc)).OfType<DateTime>()];

    // What stands there by the event's clock is the day that was meant; what is in UTC is only as good as the zone.
    private static List<DateTime> Locals(WordPressEventFields fields, string member, Clock clock) =>
        [.. fields.Times(member).OrderBy(time => time.IsUtc).Select(time => !time.IsUtc && Written(time.Text.Trim()) is { } local ? local : Instant(time.Text, time.IsUtc, clock.ToUtc) is { } instant ? clock.ToLocal(instant) : (DateTime?)null).OfType<DateTime>()];

    private static DateTime? Written(string text) =>
        DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year >= WordPressDates.FirstYear ? local : null;

    private static string Join(string? problem, string other) => problem is null ? other : $"{problem}; {other}";

    /// <summary>The clock an event goes by: that of its zone, at its distance from UTC, else the site's.</summary>
    private sealed record Clock(DateTimeZone? Zone, TimeSpan? Distance, WordPressDates Dates)
    {
        // In an hour that the clocks show twice, PHP means the first as well.
        public DateTime ToUtc(DateTime local) =>
            Zone is not null ? TimeZones.InstantOf(local, Zone) : Moved(local, -(Distance ?? Dates.DistanceOn(local)), DateTimeKind.Utc);

        public DateTime ToLocal(DateTime utc) => Zone is not null ? TimeZones.LocalOf(utc, Zone) : Moved(utc, Distance ?? Dates.DistanceOn(utc), DateTimeKind.Unspecified);

        private static DateTime Moved(DateTime time, TimeSpan by, DateTimeKind kind) => new(Math.Clamp(time.Ticks + by.Ticks, 0, DateTime.MaxValue.Ticks), kind);
    }
}
