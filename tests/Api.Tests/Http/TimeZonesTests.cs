using System.Globalization;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Http.Site;
using CsCheck;
using NodaTime.TimeZones;

namespace Api.Tests.Http;

public partial class TimeZonesTests
{
    [Theory]
    [InlineData("America/Vancouver", true)]
    [InlineData("US/Pacific", true)]
    [InlineData("UTC", true)]
    [InlineData("Etc/GMT+5", true)]
    [InlineData("UTC+01:30", false)]
    [InlineData("america/vancouver", false)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("", false)]
    public void Names_are_those_of_the_database(string name, bool expected) =>
        Assert.Equal(expected ? name : null, TimeZones.Find(name)?.Id);

    [Theory]
    [InlineData("Europe/Rome", "2025-07-10T12:00", "2025-07-10T10:00")]
    // Skipped: as much later. Twice: the first.
    [InlineData("Europe/Rome", "2025-03-30T02:30", "2025-03-30T01:30")]
    [InlineData("Europe/Rome", "2025-10-26T02:30", "2025-10-26T00:30")]
    [InlineData("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-04T15:45")]
    [InlineData("Asia/Tokyo", "0001-01-01T00:00", "0001-01-01T00:00")]
    [InlineData("America/New_York", "9999-12-31T23:00", "9999-12-31T23:59:59.9999999")]
    public void A_local_time_is_an_instant(string zone, string local, string expected) =>
        Assert.Equal(Time(expected), TimeZones.InstantOf(Time(local), TimeZones.Find(zone)!));

    [Fact]
    public void Before_standard_time_no_clock_is_told()
    {
        Assert.Null(TimeZones.At(new DateTime(1850, 1, 1, 12, 0, 0, DateTimeKind.Utc), TimeZones.Find("America/Vancouver")!));
        Assert.NotNull(TimeZones.At(new DateTime(1950, 1, 1, 12, 0, 0, DateTimeKind.Utc), TimeZones.Find("America/Vancouver")!));
    }

    // Whatever the clocks do: Saint John's put them back over midnight until 2011, Samoa left out a day, Manila one in 1844.
    [Fact]
    public void Each_instant_is_in_the_one_day_it_falls_on()
    {
        var zones = TzdbDateTimeZoneSource.Default.GetIds().Order(StringComparer.Ordinal).ToArray();
        var seconds = Gen.Long[
            new DateTime(1840, 1, 1).Ticks / TimeSpan.TicksPerSecond,
            new DateTime(2060, 1, 1).Ticks / TimeSpan.TicksPerSecond
        ];
        Gen.Select(Gen.Int[0, zones.Length - 1].Select(n => zones[n]), seconds)
            .Sample((zone, second) => IsInItsDay(zone, new DateTime(second * TimeSpan.TicksPerSecond, DateTimeKind.Utc)));
        foreach (var zone in zones)
        {
            var known = TimeZones.Find(zone)!;
            foreach (
                var change in known
                    .GetZoneIntervals(NodaTime.Instant.FromUtc(1840, 1, 1, 0, 0), NodaTime.Instant.FromUtc(2040, 1, 1, 0, 0))
                    .Where(change => change.HasStart)
            )
            {
                for (var minutes = -90; minutes <= 90; minutes += 30)
                    Assert.True(IsInItsDay(zone, change.Start.ToDateTimeUtc().AddMinutes(minutes)), $"{zone} {change.Start} {minutes}");
            }
        }
    }

    // Where it asked PostgreSQL, its own time zones would tell another day than the rest.
    [Fact]
    public void No_statement_asks_the_database_for_another_zone_than_UTC()
    {
        var checkout = Checkout.Find(AppContext.BaseDirectory);
        var files = Directory
            .EnumerateFiles(Path.Combine(checkout, "src", "Api"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(checkout, "db"), "*.sql", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(files, file => File.ReadAllText(file).Contains("create view delivery.articles", StringComparison.Ordinal));
        Assert.Matches(Local(), "published_at at time zone 'Europe/Paris'");
        Assert.Empty(
            files.SelectMany(file => Local().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"))
        );
    }

    private static bool IsInItsDay(string zone, DateTime instant)
    {
        var calendar = new SiteCalendar(TimeZones.Find(zone)!);
        var day = calendar.DayOf(instant);
        var (from, before) = calendar.Day(day);
        return from <= instant && instant < before;
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    // What depends on the session's zone or names one.
    [GeneratedRegex(
        "at time zone (?!'UTC')|make_timestamptz\\((?:[^(),]*,){5}[^(),]*(?:\\)|,(?! 'UTC'))|::(?:date|timestamp)\\b|\\bdate_trunc\\b|\\bto_char\\b|\\bcurrent_date\\b|\\blocaltimestamp\\b|\\btimezone\\("
    )]
    private static partial Regex Local();
}
