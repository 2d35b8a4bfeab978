using Api.Http.Site;

namespace Api.Reading;

/// <summary>The days of an event on its own clocks.</summary>
/// <param name="First">The day it starts on.</param>
/// <param name="Last">The last day that it has a part of; null when its end is open.</param>
internal readonly record struct EventDays(DateOnly First, DateOnly? Last)
{
    /// <summary>The days between two instants (UTC), the second excluded. Of a zone that is not known, as of UTC.</summary>
    public static EventDays Of(DateTime startsAt, DateTime? endsAt, string timeZone)
    {
        var zone = TimeZones.Find(timeZone) ?? NodaTime.DateTimeZone.Utc;
        var first = DayOf(startsAt);
        if (endsAt is not { } ends) return new(first, null);
        var last = ends > startsAt ? DayOf(ends.AddTicks(-1)) : first;
        // Clocks that are set back over midnight show the day before once more.
        return new(first, last < first ? first : last);

        DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZones.LocalOf(instant, zone));
    }
}
