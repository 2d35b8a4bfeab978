using Api.Http.Site;

namespace Api.Reading;

/// <summary>The days of an event in its own time zone.</summary>
/// <param name="First">The day it starts on.</param>
/// <param name="Last">The last day on which it takes place; null when its end is open.</param>
internal readonly record struct EventDays(DateOnly First, DateOnly? Last)
{
    /// <summary>The days between two instants (UTC), the second excluded. An unknown zone counts as UTC.</summary>
    public static EventDays Of(DateTime startsAt, DateTime? endsAt, string timeZone)
    {
        var zone = TimeZones.Find(timeZone) ?? NodaTime.DateTimeZone.Utc;
        var first = DayOf(startsAt);
        if (endsAt is not { } ends)
            return new(first, null);
        var last = ends > startsAt ? DayOf(ends.AddTicks(-1)) : first;
        // When clocks are set back across midnight, the day before occurs again.
        return new(first, last < first ? first : last);

        DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZones.LocalOf(instant, zone));
    }
}
