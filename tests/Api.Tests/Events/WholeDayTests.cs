using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Events;

/// <summary>Events of whole days, on a site in New York.</summary>
public class WholeDayTests(ClockedFixture api) : IClassFixture<ClockedFixture>
{
    [Theory]
    // The day of Berlin begins at 22:00 in summer; on the way into winter it has 25 hours, on the way into summer 23.
    [InlineData("2026-07-01", null, "Europe/Berlin", "2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z")]
    [InlineData("2026-10-25", null, "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("2026-03-28", "2026-03-30", "Europe/Berlin", "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z")]
    [InlineData("2026-10-02", "2026-10-03", "Asia/Tokyo", "2026-10-01T15:00:00Z", "2026-10-03T15:00:00Z")]
    // No midnight on that day: it begins at one.
    [InlineData("2018-11-04", null, "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")]
    // A day that was left out, and the ends of the calendar.
    [InlineData("2011-12-30", null, "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z")]
    [InlineData("9999-12-30", null, "Pacific/Honolulu", "9999-12-30T10:00:00Z", "9999-12-31T10:00:00Z")]
    [InlineData("1000-01-02", null, "Etc/UTC", "1000-01-02T00:00:00Z", "1000-01-03T00:00:00Z")]
    public async Task Whole_days_begin_and_end_on_the_clocks_of_the_event(
        string startsOn,
        string? endsOn,
        string timeZone,
        string startsAt,
        string endsAt
    )
    {
        var slug = Some.Slug("days");
        await api.Import(WholeDays(slug, startsOn, endsOn, timeZone));
        var found = (await api.GetJson($"/v1/events/{slug}"))["data"]!;
        Assert.Equal((true, startsAt, endsAt, startsOn, endsOn ?? startsOn), Times(found));
        // What the API says is taken as it is.
        Assert.Equal(1, (await api.TryImport([found.ToJsonString()])).Unchanged);
    }

    [Theory]
    [InlineData("2024-06-07T16:00:00Z", "2024-06-07T17:30:00Z", "America/New_York", "2024-06-07", "2024-06-07")]
    [InlineData("2024-06-07T16:00:00Z", "2024-06-07T17:30:00Z", "Asia/Tokyo", "2024-06-08", "2024-06-08")]
    [InlineData("2024-06-07T16:00:00Z", null, "Asia/Tokyo", "2024-06-08", null)]
    // Until midnight: nothing of the next day.
    [InlineData("2025-12-01T05:00:00Z", "2025-12-04T05:00:00Z", "America/New_York", "2025-12-01", "2025-12-03")]
    [InlineData("2025-12-01T05:00:00Z", "2025-12-01T05:00:00Z", "America/New_York", "2025-12-01", "2025-12-01")]
    [InlineData("9999-12-31T23:00:00Z", "9999-12-31T23:59:59Z", "Asia/Tokyo", "9999-12-31", "9999-12-31")]
    public async Task Events_with_hours_say_their_days_too(
        string startsAt,
        string? endsAt,
        string timeZone,
        string startsOn,
        string? endsOn
    )
    {
        var slug = Some.Slug("hours");
        await api.Import(
            Some.Event(
                new
                {
                    slug,
                    startsAt,
                    endsAt,
                    timeZone,
                }
            )
        );
        Assert.Equal((false, startsAt, endsAt, startsOn, endsOn), Times((await api.GetJson($"/v1/events/{slug}"))["data"]!));
    }

    [Theory]
    [InlineData("\"allDay\":true", "startsOn: is required with allDay")]
    [InlineData("\"allDay\":true,\"startsOn\":\"2026-02-30\"", "startsOn: \"2026-02-30\" is not a day such as")]
    [InlineData("\"allDay\":true,\"startsOn\":\"9999-12-31\"", "startsOn: \"9999-12-31\" is not a day such as")]
    [InlineData("\"allDay\":true,\"startsOn\":\"2026-10-02T00:00:00Z\"", "startsOn: ")]
    [InlineData("\"allDay\":true,\"startsOn\":\"2026-10-02\",\"endsOn\":\"2026-10-01\"", "endsOn: is before startsOn")]
    [InlineData(
        "\"allDay\":true,\"startsOn\":\"2026-10-02\",\"startsAt\":\"2026-10-02T00:00:00Z\"",
        "startsAt: is not the start of startsOn in Europe/Berlin, 2026-10-01T22:00:00Z: leave it out"
    )]
    [InlineData(
        "\"allDay\":true,\"startsOn\":\"2026-10-02\",\"endsAt\":\"2026-10-02T22:00:01Z\"",
        "endsAt: is not the start of the day after endsOn in Europe/Berlin, 2026-10-02T22:00:00Z"
    )]
    [InlineData("\"allDay\":\"yes\",\"startsOn\":\"2026-10-02\"", "allDay: has to be true or false")]
    [InlineData("\"startsOn\":\"2026-10-02\"", "startsAt: is required; an event of whole days has allDay: true and startsOn instead")]
    public async Task What_does_not_agree_is_rejected(string members, string expected)
    {
        var report = await api.TryImport([
            $$"""{"resource":"event","slug":"{{Some.Slug("wrong")}}","title":"x","timeZone":"Europe/Berlin",{{members}}}""",
        ]);
        Assert.Contains(expected, Assert.Single(report.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_zone_they_are_days_of_the_site()
    {
        var slug = Some.Slug("here");
        await api.Import($$"""{"resource":"event","slug":"{{slug}}","title":"x","allDay":true,"startsOn":"2026-10-02"}""");
        Assert.Equal(
            (true, "2026-10-02T04:00:00Z", "2026-10-03T04:00:00Z", "2026-10-02", "2026-10-02"),
            Times((await api.GetJson($"/v1/events/{slug}"))["data"]!)
        );
    }

    [Theory]
    [InlineData("startsFrom=2026-10-02&startsTo=2026-10-02", "tokyo,york,honolulu")]
    [InlineData("startsFrom=2026-10-03", "")]
    [InlineData("startsTo=2026-10-01", "hours")]
    [InlineData("startsFrom=2026-10-01&startsTo=2026-10-01", "hours")]
    // Instants are compared with the start.
    [InlineData("startsFrom=2026-10-02T04:00:00Z", "york,honolulu")]
    [InlineData("startsTo=2026-10-01T15:00:00Z", "hours,tokyo")]
    public async Task A_day_in_Tokyo_is_not_lost_in_New_York(string query, string expected)
    {
        var topic = Some.Slug("zones");
        string Of(string name) => $"{topic}-{name}";
        await api.Import(
            Some.Topic(new { slug = topic }),
            WholeDays(Of("tokyo"), "2026-10-02", null, "Asia/Tokyo", topic),
            WholeDays(Of("york"), "2026-10-02", null, "America/New_York", topic),
            WholeDays(Of("honolulu"), "2026-10-02", null, "Pacific/Honolulu", topic),
            // The same instant as the day in Tokyo: still the day before on this site.
            Some.Event(
                new
                {
                    slug = Of("hours"),
                    topics = new[] { topic },
                    startsAt = "2026-10-01T15:00:00Z",
                    endsAt = (string?)null,
                    timeZone = "Asia/Tokyo",
                }
            )
        );
        var found = await api.Slugs($"/v1/events?topic={topic}&{query}");
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Of).Order(), found.Order());
        Assert.Equal(found.Count, (await api.GetJson($"/v1/events?topic={topic}&{query}"))["page"]!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_moves_to_another_day_at_the_same_instant_leaves_the_list_that_was_kept()
    {
        var (topic, slug) = (Some.Slug("moved"), Some.Slug("moved"));
        await api.Import(Some.Topic(new { slug = topic }), WholeDays(slug, "2026-10-02", null, "Pacific/Kiritimati", topic));
        Assert.Equal([slug], await api.Slugs($"/v1/events?topic={topic}&startsFrom=2026-10-02"));
        await api.Import(WholeDays(slug, "2026-10-01", null, "Pacific/Honolulu", topic));
        Assert.Equal("2026-10-01T10:00:00Z", (await api.GetJson($"/v1/events/{slug}"))["data"]!["startsAt"]!.GetValue<string>());
        Assert.Empty(await api.Slugs($"/v1/events?topic={topic}&startsFrom=2026-10-02"));
        // And is of hours again, with the same instants.
        await api.Import(
            Some.Event(
                new
                {
                    slug,
                    topics = new[] { topic },
                    startsAt = "2026-10-01T10:00:00Z",
                    endsAt = "2026-10-02T10:00:00Z",
                    timeZone = "Pacific/Kiritimati",
                }
            )
        );
        Assert.Equal(
            (false, "2026-10-01T10:00:00Z", "2026-10-02T10:00:00Z", "2026-10-02", "2026-10-02"),
            Times((await api.GetJson($"/v1/events/{slug}"))["data"]!)
        );
        Assert.Empty(await api.Slugs($"/v1/events?topic={topic}&startsFrom=2026-10-02"));
    }

    [Fact]
    public async Task They_are_upcoming_until_their_last_day_ends_there()
    {
        var (topic, slug) = (Some.Slug("until"), Some.Slug("until"));
        await api.Import(Some.Topic(new { slug = topic }), WholeDays(slug, "2026-10-02", "2026-10-03", "Asia/Tokyo", topic));
        foreach (var (now, when) in new[] { ("2026-10-03T14:59:59Z", "upcoming"), ("2026-10-03T15:00:00Z", "past") })
        {
            api.Clock.Now = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
            Assert.Equal([slug], await api.Slugs($"/v1/events?topic={topic}&when={when}"));
        }
    }

    [Fact]
    public async Task Every_format_tells_days_and_no_hours()
    {
        var slug = Some.Slug("format");
        await api.Import(
            WholeDays(slug, "2026-10-02", "2026-10-04", "Europe/Berlin"),
            WholeDays($"{slug}-one", "2026-10-02", null, "Asia/Tokyo")
        );
        var calendar = await Get($"/v1/events.ics?slug={slug}");
        Assert.Contains("DTSTART;VALUE=DATE:20261002\r\n", calendar, StringComparison.Ordinal);
        Assert.Contains("DTEND;VALUE=DATE:20261005\r\n", calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("VTIMEZONE", calendar, StringComparison.Ordinal);
        var data = await api.GetJson($"/v1/events/{slug}.jsonld");
        Assert.Equal(("2026-10-02", "2026-10-04"), (data["startDate"]!.GetValue<string>(), data["endDate"]!.GetValue<string>()));
        Assert.Contains(
            "<p>2 October 2026 – 4 October 2026, all day &#183; virtual",
            (await api.GetJson($"/v1/events.feed.json?slug={slug}"))["items"]![0]!["content_html"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.Contains("2 October 2026, all day", await Get($"/v1/events.rss?slug={slug}-one"), StringComparison.Ordinal);
        var table = (await Get($"/v1/events.csv?slug={slug}")).Split("\r\n");
        Assert.EndsWith(",updatedAt,allDay,startsOn,endsOn", table[0], StringComparison.Ordinal);
        Assert.EndsWith(",true,2026-10-02,2026-10-04", table[1], StringComparison.Ordinal);
    }

    private static (bool, string, string?, string, string?) Times(JsonNode found) =>
        (
            found["allDay"]!.GetValue<bool>(),
            found["startsAt"]!.GetValue<string>(),
            found["endsAt"]?.GetValue<string>(),
            found["startsOn"]!.GetValue<string>(),
            found["endsOn"]?.GetValue<string>()
        );

    private static string WholeDays(string slug, string startsOn, string? endsOn, string timeZone, params string[] topics) =>
        Some.Event(
            new
            {
                slug,
                allDay = true,
                startsOn,
                endsOn,
                timeZone,
                topics,
                startsAt = (string?)null,
                endsAt = (string?)null,
            }
        );

    private async Task<string> Get(string address)
    {
        using var answer = await api.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
