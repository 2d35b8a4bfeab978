using System.Globalization;
using Api.Http.Site;

namespace Api.Tests.Http;

public class SiteCalendarTests
{
    private static readonly SiteCalendar NewYork = In("America/New_York");

    [Theory]
    [InlineData("America/New_York", "2024-01-15", "2024-01-15T05:00:00Z", "2024-01-16T05:00:00Z")]
    // The day summer time begins has 23 hours, the day it ends 25.
    [InlineData("America/New_York", "2024-03-10", "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z")]
    [InlineData("America/New_York", "2024-11-03", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z")]
    [InlineData("Asia/Tokyo", "2024-01-15", "2024-01-14T15:00:00Z", "2024-01-15T15:00:00Z")]
    // In Beirut midnight is skipped: the day begins at one.
    [InlineData("Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z", "2024-03-31T21:00:00Z")]
    // In Havana midnight happens twice: the day begins with the first.
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z")]
    public void A_day_begins_and_ends_with_the_clock_of_the_zone(string zone, string day, string from, string before) =>
        Assert.Equal((Instant(from), Instant(before)), Read(In(zone), day));

    [Fact]
    public void A_day_that_never_was_is_empty()
    {
        var (from, before) = Read(In("Pacific/Apia"), "2011-12-30");
        Assert.Equal(from, before);
    }

    [Fact]
    public void Days_follow_each_other_without_gap()
    {
        var calendar = In("America/Sao_Paulo");
        for (var day = new DateOnly(2015, 1, 1); day < new DateOnly(2020, 1, 1); day = day.AddDays(1))
        {
            Assert.Equal(calendar.Day(day).Before, calendar.Day(day.AddDays(1)).From);
            Assert.Equal(day, calendar.DayOf(calendar.StartOf(day)));
        }
    }

    [Theory]
    [InlineData("2024-02-29T13:00:00Z", "2024-02-29T13:00:00Z")]
    [InlineData("2024-02-29T13:00:00.5+02:00", "2024-02-29T11:00:00.5Z")]
    [InlineData("2024-02-29T13:00Z", "2024-02-29T13:00:00Z")]
    [InlineData("2024-02-29t13:00:00z", "2024-02-29T13:00:00Z")]
    public void An_instant_is_itself_and_ends_a_microsecond_later(string text, string expected) =>
        Assert.Equal((Instant(expected), Instant(expected).AddMicroseconds(1)), Read(NewYork, text));

    [Theory]
    [InlineData("2024-02-30")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2024-1-1")]
    [InlineData("20240101")]
    [InlineData("2024-01-01T10:00:00")]
    [InlineData("2024-01-01T25:00:00Z")]
    [InlineData("2024-01-01T10:00:00.1234567Z")]
    [InlineData("2024-01-01T10:00:00+99:00")]
    [InlineData("2024-01-01 10:00:00Z")]
    [InlineData("yesterday")]
    [InlineData("2024-01-01\n")]
    [InlineData("２０２４-01-01")]
    public void Anything_else_is_neither(string text) => Assert.False(NewYork.TryRead(text, out _));

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31T23:59:59.999999Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void The_ends_of_time_do_not_overflow(string text)
    {
        Assert.True(In("Asia/Tokyo").TryRead(text, out var bounds));
        Assert.True(bounds.From <= bounds.Before);
        Assert.Equal(DateTimeKind.Utc, bounds.Before.Kind);
    }

    [Fact]
    public void A_year_runs_from_new_year_to_new_year() =>
        Assert.Equal((Instant("2024-01-01T05:00:00Z"), Instant("2025-01-01T05:00:00Z")), NewYork.Year(2024));

    [Fact]
    public void The_last_year_does_not_overflow() => Assert.Equal(DateTime.MaxValue, NewYork.Year(9999).Before);

    [Theory]
    [InlineData("2024-01-01T10:00:00 02:00", true)]
    [InlineData("2024-01-01T10:00:00+02:00", false)]
    [InlineData("2024-01-01 10:00:00", false)]
    public void A_plus_that_became_a_space_is_noticed(string text, bool expected) => Assert.Equal(expected, SiteCalendar.LostItsPlus(text));

    private static SiteCalendar In(string zone) => new(TimeZones.Find(zone)!);

    private static (DateTime From, DateTime Before) Read(SiteCalendar calendar, string text)
    {
        Assert.True(calendar.TryRead(text, out var bounds), text);
        return bounds;
    }

    private static DateTime Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
}
