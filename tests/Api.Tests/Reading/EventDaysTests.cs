using Api.Http.Site;
using Api.Reading;
using CsCheck;
using NodaTime.TimeZones;

namespace Api.Tests.Reading;

public class EventDaysTests
{
    // Days that a zone left out whole have no hours to tell them by.
    [Fact]
    public void The_days_between_two_starts_of_days_are_those_days_in_every_zone()
    {
        var zones = TzdbDateTimeZoneSource.Default.GetIds().Order(StringComparer.Ordinal).ToArray();
        var days = Gen.Int[new DateOnly(1000, 1, 2).DayNumber, new DateOnly(9999, 12, 20).DayNumber];
        Gen.Select(Gen.Int[0, zones.Length - 1], days, Gen.Int[0, 9])
            .Sample(
                (zone, day, more) =>
                {
                    var (known, first) = (TimeZones.Find(zones[zone])!, DateOnly.FromDayNumber(day));
                    var last = first.AddDays(more);
                    var (startsAt, endsAt) = (TimeZones.StartOf(first, known), TimeZones.StartOf(last.AddDays(1), known));
                    return startsAt == TimeZones.StartOf(first.AddDays(1), known)
                        || TimeZones.StartOf(last, known) == endsAt
                        || EventDays.Of(startsAt, endsAt, known.Id) == new EventDays(first, last);
                }
            );
    }
}
