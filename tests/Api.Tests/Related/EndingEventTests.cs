using Api.Tests.Support;

namespace Api.Tests.Related;

/// <summary>The events that end next, which the clock changes.</summary>
public class EndingEventTests(EndingEventTests.Content api) : IClassFixture<EndingEventTests.Content>
{
    [Fact]
    public async Task An_event_that_ends_leaves_the_list_of_those_that_end_next()
    {
        const string Address = "/v1/articles.cards.json?include=events";
        api.Clock.Now = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(["first", "second", "third"], await Included());
        // Asked again, so that it comes from memory if that had kept it for longer.
        Assert.Equal(["first", "second", "third"], await Included());
        api.Clock.Now = new DateTimeOffset(2026, 1, 2, 11, 0, 0, TimeSpan.Zero);
        Assert.Equal(["second", "third", "fourth"], await Included());
        using var answer = await api.Client.GetAsync(new Uri(Address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Null(answer.Content.Headers.LastModified);

        async Task<IEnumerable<string>> Included() =>
            (await api.GetJson(Address))["included"]!["events"]!.AsArray().Select(card => card!["slug"]!.GetValue<string>());
    }

    public sealed class Content(TestServer server) : ClockedFixture(server)
    {
        protected override Task Seed() =>
            Import([
                .. new[] { "first", "second", "third", "fourth" }.Select(
                    (slug, n) =>
                        Some.Event(
                            new
                            {
                                slug,
                                startsAt = $"2026-01-0{n + 2}T10:00:00Z",
                                endsAt = $"2026-01-0{n + 2}T11:00:00Z",
                            }
                        )
                ),
            ]);
    }
}
