using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Formats;

/// <summary>Events on a clock that stands at an evening in New York, where it is the next day in UTC.</summary>
public sealed class CalendarFixture(TestServer server) : ApiFixture(server)
{
    internal static readonly DateTimeOffset Now = new(2025, 6, 11, 2, 0, 0, TimeSpan.Zero);

    protected override void Configure(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<TimeProvider>(new SetClock { Now = Now });
}

public class CalendarTests(CalendarFixture api) : IClassFixture<CalendarFixture>
{
    [Fact]
    public async Task An_afternoon_is_on_the_clocks_of_the_event()
    {
        await api.Import(
            Some.Event(
                new
                {
                    slug = "after",
                    title = "Sea & <lanes>; “café”, שלום \\ 🌏",
                    startsAt = "2025-06-10T20:30:00Z",
                    endsAt = "2025-06-10T21:30:00Z",
                }
            )
        );
        var calendar = await Get("/v1/events.ics?slug=after");
        Assert.Contains("DTSTART;TZID=America/New_York:20250610T163000\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("DTEND;TZID=America/New_York:20250610T173000\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Sea & <lanes>\\; “café”\\, שלום \\\\ 🌏\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains($"UID:{(await api.GetJson("/v1/events/after"))["data"]!["id"]}\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("STATUS:CONFIRMED\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("NAME:Harbor Institute: Events\r\n", calendar, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9999-12-31T12:00:00Z", "Asia/Tokyo")]
    [InlineData("2100-01-01T00:00:00Z", "America/New_York")]
    public async Task The_far_future_is_told_in_universal_time(string startsAt, string timeZone)
    {
        var slug = Some.Slug("far");
        await api.Import(
            Some.Event(
                new
                {
                    slug,
                    startsAt,
                    endsAt = (string?)null,
                    timeZone,
                }
            ),
            Some.Event(
                new
                {
                    slug = $"{slug}-near",
                    startsAt = "2099-07-01T16:00:00Z",
                    endsAt = startsAt,
                    timeZone,
                }
            )
        );
        var far = await Get($"/v1/events.ics?slug={slug}");
        Assert.Contains(
            $"DTSTART:{startsAt.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}\r\n",
            far,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("VTIMEZONE", far, StringComparison.Ordinal);
        var both = await Get($"/v1/events.ics?slug={slug},{slug}-near");
        Assert.Contains($"DTSTART;TZID={timeZone}:2099070", both, StringComparison.Ordinal);
        Assert.InRange(both.Length, 500, 5_000);
    }

    [Theory]
    [InlineData("scheduled", "CONFIRMED", "A talk", "A talk")]
    [InlineData("cancelled", "CANCELLED", "A talk", "Cancelled: A talk")]
    [InlineData("postponed", "TENTATIVE", "A talk", "Postponed: A talk")]
    [InlineData("cancelled", "CANCELLED", "CANCELLED – A talk", "CANCELLED – A talk")]
    public async Task What_is_not_held_says_so_in_its_title_too(string status, string expected, string title, string shown)
    {
        var slug = Some.Slug(status);
        await api.Import(
            Some.Event(
                new
                {
                    slug,
                    status,
                    title,
                }
            )
        );
        var calendar = await Get($"/v1/events.ics?slug={slug}");
        Assert.Contains($"STATUS:{expected}\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains($"SUMMARY:{shown}\r\n", calendar, StringComparison.Ordinal);
        Assert.Equal(shown, (await api.GetJson($"/v1/events.feed.json?slug={slug}"))["items"]![0]!["title"]!.GetValue<string>());
        Assert.Equal(title, (await api.GetJson($"/v1/events/{slug}"))["data"]!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_lasts_days_or_has_no_end_is_told_so()
    {
        await api.Import(
            Some.Event(
                new
                {
                    slug = "days",
                    startsAt = "2025-12-01T05:00:00Z",
                    endsAt = "2025-12-04T05:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "over-night",
                    startsAt = "2025-11-02T03:30:00Z",
                    endsAt = "2025-11-02T08:30:00Z",
                }
            ),
            Some.Event(new { slug = "open", endsAt = (string?)null })
        );
        Assert.Equal(["DTEND;TZID=America/New_York:20251204T000000", "DTSTART;TZID=America/New_York:20251201T000000"], await Times("days"));
        // Five hours, in which the clocks are set back.
        Assert.Equal(
            ["DTEND;TZID=America/New_York:20251102T033000", "DTSTART;TZID=America/New_York:20251101T233000"],
            await Times("over-night")
        );
        Assert.Equal(["DTSTART;TZID=America/New_York:20240607T120000"], await Times("open"));

        async Task<IEnumerable<string>> Times(string slug) =>
            (await Get($"/v1/events.ics?slug={slug}"))
                .Split("BEGIN:VEVENT")[1]
                .Split("\r\n")
                .Where(line => Regex.IsMatch(line, "^DT(START|END)"));
    }

    [Fact]
    public async Task The_clocks_change_as_the_zone_says()
    {
        await api.Import(
            Some.Event(
                new
                {
                    slug = "night",
                    startsAt = "2025-11-02T05:30:00Z",
                    endsAt = "2025-11-02T06:30:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "tehran",
                    startsAt = "2015-03-21T20:00:00Z",
                    endsAt = "2015-03-22T10:00:00Z",
                    timeZone = "Asia/Tehran",
                }
            )
        );
        var night = await Get("/v1/events.ics?slug=night");
        // It begins at 1:30 and ends at 1:30 an hour later.
        Assert.Contains("DTSTART:20251102T053000Z\r\n", night, StringComparison.Ordinal);
        Assert.Contains("DTEND:20251102T063000Z\r\n", night, StringComparison.Ordinal);
        Assert.Matches(
            "BEGIN:STANDARD\r\nDTSTART:20251102T020000\r\nTZNAME:EST\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD",
            night
        );
        var tehran = await Get("/v1/events.ics?slug=tehran");
        Assert.Matches(
            "BEGIN:DAYLIGHT\r\nDTSTART:20150322T000000\r\nTZNAME:[^\r]*\r\nTZOFFSETFROM:\\+0330\r\nTZOFFSETTO:\\+0430\r\nEND:DAYLIGHT",
            tehran
        );
        Assert.Contains("DTSTART;TZID=Asia/Tehran:20150321T233000\r\n", tehran, StringComparison.Ordinal);
        Assert.Contains("DTEND;TZID=Asia/Tehran:20150322T143000\r\n", tehran, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_time_the_last_ninety_days_and_all_to_come_are_in_it()
    {
        // 90 days before June 10, which it still is in New York.
        await api.Import(
            Some.Topic(new { slug = "recent" }),
            Some.Event(
                new
                {
                    slug = "old",
                    topics = new[] { "recent" },
                    startsAt = "2025-03-12T03:59:00Z",
                    endsAt = "2025-03-12T05:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "recent",
                    topics = new[] { "recent" },
                    startsAt = "2025-03-12T04:00:00Z",
                    endsAt = "2025-03-12T05:00:00Z",
                }
            ),
            Some.Event(
                new
                {
                    slug = "next",
                    topics = new[] { "recent" },
                    startsAt = "2031-03-12T04:00:00Z",
                    endsAt = "2031-03-12T05:00:00Z",
                }
            )
        );
        Assert.Equal(["next", "recent"], Slugs(await Get("/v1/events.ics?topic=recent")));
        Assert.Equal(["next", "recent", "old"], Slugs(await Get("/v1/events.ics?topic=recent&when=all")));
        Assert.Equal(["next", "recent", "old"], Slugs(await Get("/v1/events.ics?topic=recent&page=1")));
        Assert.Equal(["old"], Slugs(await Get("/v1/events.ics?topic=recent&startsTo=2025-03-11")));

        using var first = await api.Client.GetAsync(
            new Uri("/v1/events.ics?topic=recent&limit=1", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var next = Regex.Match(first.Headers.GetValues("Link").Single(), "<([^>]*)>; rel=\"next\"").Groups[1].Value;
        Assert.Contains("startsFrom=2025-03-12", next, StringComparison.Ordinal);
        Assert.Equal(["recent"], Slugs(await Get(new Uri(next).PathAndQuery)));
        Assert.DoesNotContain(
            "rel=\"next\"",
            string.Join("", (await api.Client.GetAsync(new Uri(next), TestContext.Current.CancellationToken)).Headers.GetValues("Link")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_hundred_events_are_in_it()
    {
        await api.Import([
            Some.Topic(new { slug = "many" }),
            .. Enumerable
                .Range(1, 101)
                .Select(n =>
                    Some.Event(new { slug = string.Create(CultureInfo.InvariantCulture, $"many-{n}"), topics = new[] { "many" } })
                ),
        ]);
        Assert.Equal(100, Slugs(await Get("/v1/events.ics?topic=many&when=all")).Count);
        Assert.Equal(7, Slugs(await Get("/v1/events.ics?topic=many&when=all&limit=7")).Count);
        Assert.Equal(20, (await api.GetJson("/v1/events?topic=many"))["data"]!.AsArray().Count);
    }

    private static List<string> Slugs(string calendar) =>
        [.. Regex.Matches(calendar, "^URL:.*/events/(.*)\r$", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

    private async Task<string> Get(string address)
    {
        using var answer = await api.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }
}
