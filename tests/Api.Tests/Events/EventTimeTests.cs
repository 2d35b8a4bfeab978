using Api.Tests.Support;

namespace Api.Tests.Events;

/// <summary>Upcoming and past, before the API's clock.</summary>
public class EventTimeTests(ClockedFixture api) : IClassFixture<ClockedFixture>
{
    [Theory]
    [InlineData("2024-06-07T15:59:59Z", "open,long", "")]
    [InlineData("2024-06-07T16:00:00Z", "long", "open")]
    [InlineData("2024-06-07T17:29:59Z", "long", "open")]
    [InlineData("2024-06-07T17:30:00Z", "", "open,long")]
    public async Task An_event_is_upcoming_until_it_ends_and_one_without_an_end_until_it_starts(string now, string upcoming, string past)
    {
        var (topic, names) = await Events(("open", "2024-06-07T16:00:00Z", null), ("long", "2024-06-07T16:00:00Z", "2024-06-07T17:30:00Z"));
        api.Clock.Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            Split(upcoming).Order(),
            (await api.Slugs($"/v1/events?topic={topic}&when=upcoming")).Select(slug => names[slug]).Order()
        );
        Assert.Equal(Split(past).Order(), (await api.Slugs($"/v1/events?topic={topic}&when=past")).Select(slug => names[slug]).Order());
        Assert.Equal(2, (await api.Slugs($"/v1/events?topic={topic}&when=all")).Count);
    }

    [Fact]
    public async Task Of_those_to_come_the_next_is_first_and_of_those_past_the_last()
    {
        var (topic, names) = await Events(
            ("a", "2030-01-01T10:00:00Z", null),
            ("b", "2030-02-01T10:00:00Z", null),
            ("y", "2020-01-01T10:00:00Z", null),
            ("z", "2020-02-01T10:00:00Z", null)
        );
        api.Clock.Now = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(["a", "b"], (await api.Slugs($"/v1/events?topic={topic}&when=upcoming")).Select(slug => names[slug]));
        Assert.Equal(["b", "a"], (await api.Slugs($"/v1/events?topic={topic}&when=upcoming&sort=-startsAt")).Select(slug => names[slug]));
        Assert.Equal(["z", "y"], (await api.Slugs($"/v1/events?topic={topic}&when=past")).Select(slug => names[slug]));
    }

    [Fact]
    public async Task A_walk_keeps_the_moment_it_began_at()
    {
        var (topic, names) = await Events(
            ("a", "2030-01-01T10:00:00Z", null),
            ("b", "2030-01-02T10:00:00Z", null),
            ("c", "2030-01-03T10:00:00Z", null),
            ("d", "2030-01-04T10:00:00Z", null)
        );
        api.Clock.Now = new DateTimeOffset(2029, 12, 31, 0, 0, 0, TimeSpan.Zero);
        var first = await api.GetJson($"/v1/events?topic={topic}&when=upcoming&limit=2");
        api.Clock.Now = new DateTimeOffset(2030, 1, 3, 12, 0, 0, TimeSpan.Zero);
        var second = await api.GetJson(Lists.Relative(first["links"]!["next"]!));
        Assert.Equal(["c", "d"], second.Slugs().Select(slug => names[slug]));
        var back = await api.GetJson(Lists.Relative(second["links"]!["previous"]!));
        Assert.Equal(["a", "b"], back.Slugs().Select(slug => names[slug]));
        Assert.Equal(["d"], (await api.Slugs($"/v1/events?topic={topic}&when=upcoming")).Select(slug => names[slug]));
    }

    private static string[] Split(string names) => names == "" ? [] : names.Split(',');

    // The events, by name, on a topic of their own.
    private async Task<(string Topic, Dictionary<string, string> Names)> Events(
        params (string Name, string StartsAt, string? EndsAt)[] events
    )
    {
        var topic = Some.Slug("topic");
        var names = events.ToDictionary(_ => Some.Slug("event"), e => e.Name);
        await api.Import([
            Some.Topic(new { slug = topic }),
            .. names.Keys.Zip(
                events,
                (slug, e) =>
                    Some.Event(
                        new
                        {
                            slug,
                            topics = new[] { topic },
                            startsAt = e.StartsAt,
                            endsAt = e.EndsAt,
                        }
                    )
            ),
        ]);
        return (topic, names);
    }
}
