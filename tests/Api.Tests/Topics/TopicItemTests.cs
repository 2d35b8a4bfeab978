using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Topics;

public class TopicItemTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task A_topic_is_answered_whole()
    {
        var (above, slug, first, second) = (Some.Slug("topic"), Some.Slug("topic"), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(
                new
                {
                    slug = above,
                    name = "Asia",
                    kind = "region",
                }
            ),
            Some.Topic(
                new
                {
                    slug,
                    parent = above,
                    name = "China",
                    kind = "country",
                    description = "A “large” place.",
                    featured = true,
                }
            ),
            Some.Topic(
                new
                {
                    slug = second,
                    parent = slug,
                    name = "Trade",
                }
            ),
            Some.Topic(
                new
                {
                    slug = first,
                    parent = slug,
                    name = "Élite politics",
                }
            ),
            Some.Topic(
                new
                {
                    parent = slug,
                    name = "Hidden",
                    publicationStatus = "draft",
                }
            ),
            Some.Article(new { topics = new[] { slug }, publishedAt = "2020-01-01T00:00:00Z" }),
            Some.Article(new { topics = new[] { first, slug }, publishedAt = "2022-02-02T22:00:00Z" }),
            Some.Article(new { topics = new[] { first }, publicationStatus = "draft" }),
            Some.Event(new { topics = new[] { second } })
        );
        var topic = await Topic(slug);
        Assert.Equal(
            ("topic", "China", "country", "A “large” place."),
            (Text("resource"), Text("name"), Text("kind"), Text("description"))
        );
        Assert.True(topic["featured"]!.GetValue<bool>());
        Assert.Equal(above, topic["parent"]!["slug"]!.GetValue<string>());
        Assert.Equal([first, second], Slugs("children"));
        Assert.Equal([above, slug], Slugs("breadcrumbs"));
        Assert.Equal((2, 1), (topic["articleCount"]!.GetValue<int>(), topic["eventCount"]!.GetValue<int>()));
        Assert.Equal("2022-02-02T22:00:00Z", Text("latestAt"));
        Assert.EndsWith($"/v1/topics/{slug}", topic["links"]!["self"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((2, 1), ((await Topic(above))["articleCount"]!.GetValue<int>(), (await Topic(above))["eventCount"]!.GetValue<int>()));

        string Text(string member) => topic[member]!.GetValue<string>();
        string[] Slugs(string member) => [.. topic[member]!.AsArray().Select(node => node!["slug"]!.GetValue<string>())];
    }

    [Fact]
    public async Task A_new_name_is_shown_at_once_wherever_the_topic_is()
    {
        var (above, below) = (Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(Some.Topic(new { slug = above, name = "Before" }), Some.Topic(new { slug = below, parent = above }));
        Assert.Equal("Before", (await Topic(below))["parent"]!["name"]!.GetValue<string>());
        await api.Import(Some.Topic(new { slug = above, name = "After" }));
        Assert.Equal("After", (await Topic(below))["parent"]!["name"]!.GetValue<string>());
        Assert.Equal("After", (await Topic(below))["breadcrumbs"]![0]!["label"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("draft")]
    [InlineData("private")]
    public async Task A_hidden_topic_is_nowhere(string publicationStatus)
    {
        var (above, slug) = (Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(
            Some.Topic(new { slug = above }),
            Some.Topic(
                new
                {
                    slug,
                    parent = above,
                    publicationStatus,
                }
            ),
            Some.Article(new { topics = new[] { slug } })
        );
        await api.GetProblem($"/v1/topics/{slug}", HttpStatusCode.NotFound, "not-found", null);
        var topic = await Topic(above);
        Assert.Empty(topic["children"]!.AsArray());
        Assert.Equal(0, topic["articleCount"]!.GetValue<int>());
        Assert.Equal(0, (await api.GetJson($"/v1/topics?parent={above}"))["page"]!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_renamed_topic_is_found_under_the_new_address()
    {
        var (id, old, now) = (Guid.NewGuid(), Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(Some.Topic(new { slug = old, id }));
        await api.Import(Some.Topic(new { slug = now, id }));
        Assert.EndsWith(
            $"/v1/topics/{now}.json?fields=name",
            await Location($"/v1/topics/{old}.json?fields=name"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_merged_topic_leads_to_the_one_that_stays()
    {
        var (gone, stays) = (Some.Slug("topic"), Some.Slug("topic"));
        await api.Import(Some.Topic(new { slug = gone }), Some.Topic(new { slug = stays }));
        await api.Import(Some.Topic(new { slug = gone, mergedInto = stays }));
        Assert.EndsWith($"/v1/topics/{stays}", await Location($"/v1/topics/{gone}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_topic_is_gone()
    {
        var slug = Some.Slug("topic");
        await api.Import(Some.Topic(new { slug }));
        await api.Import($$"""{"resource":"topic","slug":"{{slug}}","publicationStatus":"deleted"}""");
        var problem = await api.GetProblem($"/v1/topics/{slug}", HttpStatusCode.Gone, "gone", null);
        Assert.Equal("deleted", problem["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fields_choose_the_members()
    {
        var slug = Some.Slug("topic");
        await api.Import(Some.Topic(new { slug }));
        var topic = (await api.GetJson($"/v1/topics/{slug}?fields=name,articleCount"))["data"]!.AsObject();
        Assert.Equal(["resource", "id", "slug", "name", "articleCount"], topic.Select(member => member.Key));
    }

    private async Task<JsonNode> Topic(string slug) => (await api.GetJson($"/v1/topics/{slug}"))["data"]!;

    private async Task<string> Location(string path)
    {
        using var answer = await api.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }
}
