using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Events;

public class EventTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task An_event_is_answered_whole()
    {
        var (slug, topic, expert) = (Some.Slug("event"), Some.Slug("topic"), Some.Slug("expert"));
        await api.Import(
            Some.Topic(new { slug = topic, name = "Sea" }),
            Some.Expert(new { slug = expert, name = "Ada" }),
            Some.Event(
                new
                {
                    slug,
                    title = "Sea & lanes",
                    bodyHtml = "<p>An hour on straits.</p>",
                    location = "Library",
                    registrationUrl = "https://example.org/register",
                    topics = new[] { topic },
                    experts = new[] { new { slug = expert, role = "moderator" } },
                }
            )
        );
        var answer = await api.GetJson($"/v1/events/{slug}");
        var found = answer["data"]!;
        Assert.Null(answer["included"]);
        Assert.Equal(
            ("event", slug, "Sea & lanes", "Library", "scheduled", "virtual"),
            (
                Text(found, "resource"),
                Text(found, "slug"),
                Text(found, "title"),
                Text(found, "location"),
                Text(found, "status"),
                Text(found, "mode")
            )
        );
        Assert.Equal(
            ("2024-06-07T16:00:00Z", "2024-06-07T17:30:00Z", "America/New_York"),
            (Text(found, "startsAt"), Text(found, "endsAt"), Text(found, "timeZone"))
        );
        Assert.Equal($"https://www.example.org/events/{slug}", Text(found, "url"));
        Assert.EndsWith($"/v1/events/{slug}", Text(found["links"]!, "self"), StringComparison.Ordinal);
        Assert.Equal(
            ("Sea", "Ada", "moderator"),
            (Text(found["topics"]![0]!, "name"), Text(found["experts"]![0]!, "name"), Text(found["experts"]![0]!, "role"))
        );
        Assert.Equal(("<p>An hour on straits.</p>", "An hour on straits."), (Text(found, "bodyHtml"), Text(found, "bodyText")));
        Assert.True(found.AsObject().ContainsKey("recordingUrl"));
    }

    [Fact]
    public async Task A_renamed_event_moves_and_keeps_the_query()
    {
        var (old, slug) = (Some.Slug("event"), Some.Slug("event"));
        await api.Import(Some.Event(new { slug, previousSlugs = new[] { old } }));
        using var answer = await Ask($"/v1/events/{old}?fields=title");
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal($"/v1/events/{slug}?fields=title", answer.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task A_merged_event_moves_to_the_one_that_took_its_place()
    {
        var (merged, slug) = (Some.Slug("event"), Some.Slug("event"));
        await api.Import(Some.Event(new { slug = merged }), Some.Event(new { slug }));
        await api.Import(Some.Event(new { slug = merged, mergedInto = slug }));
        using var answer = await Ask($"/v1/events/{merged}");
        Assert.Equal($"/v1/events/{slug}", answer.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task A_withdrawn_event_is_gone_with_its_reason()
    {
        var slug = Some.Slug("event");
        await api.Import(Some.Event(new { slug }));
        await api.Import(Some.Event(new { slug, publicationStatus = "retracted" }));
        var problem = await api.GetJson($"/v1/events/{slug}", HttpStatusCode.Gone);
        Assert.Equal(("gone", "retracted"), (Text(problem, "code"), Text(problem, "reason")));
    }

    [Fact]
    public async Task A_hidden_event_and_one_that_never_was_answer_the_same()
    {
        var slug = Some.Slug("event");
        await api.Import(Some.Event(new { slug, publicationStatus = "draft" }));
        var hidden = await api.GetJson($"/v1/events/{slug}", HttpStatusCode.NotFound);
        var never = await api.GetJson($"/v1/events/never-{slug}", HttpStatusCode.NotFound);
        Assert.Equal(Text(never, "detail").Replace($"never-{slug}", slug, StringComparison.Ordinal), Text(hidden, "detail"));
    }

    [Fact]
    public async Task Beside_an_event_stand_the_three_newest_others_on_its_first_topic_and_the_menus()
    {
        var (topic, below, menu) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("menu"));
        var slugs = Enumerable.Range(0, 6).Select(_ => Some.Slug("event")).ToList();
        await api.Import([
            Some.Topic(new { slug = topic }),
            Some.Topic(new { slug = below, parent = topic }),
            Some.Menu(new { slug = menu }),
            .. slugs.Select(
                (slug, n) =>
                    Some.Event(
                        new
                        {
                            slug,
                            topics = new[] { n == 4 ? below : topic },
                            startsAt = $"2024-01-0{n + 1}T10:00:00Z",
                            endsAt = (string?)null,
                            publicationStatus = n == 5 ? "draft" : "published",
                        }
                    )
            ),
        ]);
        var included = (await api.GetJson($"/v1/events/{slugs[3]}?include=topicEvents,menus"))["included"]!;
        Assert.Equal([slugs[4], slugs[2], slugs[1]], included["topicEvents"]!.AsArray().Select(item => Text(item!, "slug")));
        Assert.Contains(menu, included["menus"]!.AsArray().Select(item => Text(item!, "slug")));
        Assert.Null(included["related"]);
        var alone = (await api.GetJson($"/v1/events/{slugs[3]}?include=topicEvents"))["included"]!;
        Assert.Null(alone["menus"]);
    }

    [Fact]
    public async Task An_event_without_topics_has_no_others_beside_it()
    {
        var slug = Some.Slug("event");
        await api.Import(Some.Event(new { slug }));
        Assert.Empty((await api.GetJson($"/v1/events/{slug}?include=topicEvents"))["included"]!["topicEvents"]!.AsArray());
    }

    private static string Text(JsonNode item, string member) => item[member]!.GetValue<string>();

    private Task<HttpResponseMessage> Ask(string path) =>
        api.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
