using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Related;

/// <summary>What <c>include</c> adds to items and lists.</summary>
public class IncludedTests(IncludedTests.Content api) : IClassFixture<IncludedTests.Content>
{
    [Fact]
    public async Task A_topic_has_its_newest_articles_and_events_and_those_below_it()
    {
        var included = await Included("/v1/topics/sea?include=articles,events");
        Assert.Equal(["a7", "a6", "a5", "a4", "a3", "a2"], Slugs(included["articles"]));
        Assert.Equal(["e3", "e2", "e1"], Slugs(included["events"]));
        Assert.Null(included["experts"]);
        Assert.Null(included["children"]);
        Assert.Null(included["menus"]);
    }

    [Fact]
    public async Task A_topic_has_the_experts_with_the_most_articles_and_its_children_by_name()
    {
        var included = await Included("/v1/topics/sea?include=experts,children");
        Assert.Equal(["often", "seldom"], Slugs(included["experts"]));
        Assert.Equal(["cables", "straits"], Slugs(included["children"]));
        Assert.Equal("sea", included["children"]![0]!["parent"]!["slug"]!.GetValue<string>());
        Assert.Empty((await Included("/v1/topics/land?include=experts,children,articles,events"))["experts"]!.AsArray());
    }

    [Fact]
    public async Task An_expert_has_their_newest_articles_and_events()
    {
        var included = await Included("/v1/experts/often?include=articles,events");
        Assert.Equal(["a7", "a6", "a5", "a4", "a3", "a2"], Slugs(included["articles"]));
        Assert.Equal(["e2"], Slugs(included["events"]));
    }

    [Fact]
    public async Task An_event_has_related_ones_but_never_itself()
    {
        var included = await Included("/v1/events/e2?include=related,topicEvents");
        Assert.Equal(["e1", "e3"], Slugs(included["related"]).Order());
        Assert.Equal(["e3", "e1"], Slugs(included["topicEvents"]));
    }

    [Fact]
    public async Task A_list_has_what_is_featured_and_what_ends_next_whatever_it_filters()
    {
        var included = await Included("/v1/articles.cards.json?topic=land&include=featured,events,menus");
        Assert.Equal(["a6", "a1"], Slugs(included["featured"]));
        Assert.Equal(["soon", "later", "much-later"], Slugs(included["events"]));
        Assert.Equal(["main"], Slugs(included["menus"]));
        Assert.Null((await api.GetJson("/v1/articles"))["included"]);
        Assert.Null((await api.GetJson("/v1/articles?include=body"))["included"]);
        Assert.Equal(["main"], Slugs((await Included("/v1/search?q=sea&include=menus"))["menus"]));
    }

    [Fact]
    public async Task What_can_not_be_included_here_is_named()
    {
        var problem = await api.GetProblem(
            "/v1/search?q=sea&fields=title,included.featured.title",
            HttpStatusCode.BadRequest,
            "conflicting-parameters",
            "fields"
        );
        Assert.Contains("include takes menus", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_with_menus_depends_on_all_content()
    {
        using var answer = await api.Client.GetAsync(
            new Uri("/v1/search?q=sea&include=menus", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("content", answer.Headers.GetValues("Surrogate-Key").Single().Split(' '));
    }

    [Theory]
    [InlineData("/v1/topics/sea?include=articles,events,experts,children")]
    [InlineData("/v1/experts/often?include=articles,events")]
    [InlineData("/v1/events/e2?include=related,topicEvents")]
    [InlineData("/v1/articles/a5?include=related,moreOnTopic,topicEvents")]
    [InlineData("/v1/articles.cards.json?include=featured,events")]
    public async Task Nothing_hidden_is_included(string address)
    {
        var included = (await Included(address)).ToJsonString();
        Assert.DoesNotContain("hidden", included, StringComparison.Ordinal);
        Assert.DoesNotContain("bodyHtml", included, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_included_is_a_card()
    {
        var topic = await Included("/v1/topics/sea?include=articles,events,experts,children,menus");
        foreach (
            var (list, own) in new[] { ("articles", "articles"), ("events", "events"), ("experts", "experts"), ("children", "topics") }
        )
        {
            var known = (await api.GetJson($"/v1/{own}.cards.json?limit=100"))["data"]!.AsArray();
            Assert.All(topic[list]!.AsArray(), card => Assert.Contains(known, one => JsonNode.DeepEquals(one, card)));
        }
        Assert.Equal(
            ["/topics/sea", "https://elsewhere.example/", null],
            topic["menus"]![0]!["items"]!.AsArray().Select(entry => entry!["href"]?.GetValue<string>())
        );
    }

    [Fact]
    public async Task Fields_select_from_what_is_included_and_keep_what_they_do_not_name()
    {
        var answer = await api.GetJson("/v1/topics/sea?include=articles,children&fields=name,included.articles.title");
        Assert.Equal(["resource", "id", "slug", "name"], answer["data"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["resource", "id", "slug", "title"], answer["included"]!["articles"]![0]!.AsObject().Select(member => member.Key));
        Assert.Contains("articleCount", answer["included"]!["children"]![0]!.AsObject());
        answer = await api.GetJson("/v1/articles?include=featured&fields=included.featured.title");
        Assert.Contains("toc", answer["data"]![0]!.AsObject());
        Assert.Equal(["resource", "id", "slug", "title"], answer["included"]!["featured"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Fields_that_name_what_is_not_included_are_a_conflict()
    {
        await api.GetProblem(
            "/v1/topics/sea?fields=name,included.articles.title",
            HttpStatusCode.BadRequest,
            "conflicting-parameters",
            "fields"
        );
        await api.GetProblem(
            "/v1/topics/sea?include=articles&fields=included.articles.titel",
            HttpStatusCode.BadRequest,
            "unknown-value",
            "fields"
        );
    }

    [Fact]
    public async Task An_answer_names_the_lists_and_the_items_it_includes()
    {
        using var answer = await api.Client.GetAsync(
            new Uri("/v1/topics/sea?include=articles,events,children", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var keys = answer.Headers.GetValues("Surrogate-Key").Single().Split(' ');
        Assert.Contains("topics/sea/articles.list", keys);
        Assert.Contains("topics/sea/events.list", keys);
        Assert.DoesNotContain("topics.list", keys);
        var shown = (await Included("/v1/topics/sea?include=articles"))["articles"]!.AsArray();
        Assert.All(shown, card => Assert.Contains(card!["id"]!.GetValue<string>()[^12..] + ".c", keys));
    }

    private static IEnumerable<string> Slugs(JsonNode? list) => list!.AsArray().Select(one => one!["slug"]!.GetValue<string>());

    private async Task<JsonNode> Included(string address) => (await api.GetJson(address))["included"]!;

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import([
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "sea", name = "Sea" }),
                Some.Topic(
                    new
                    {
                        slug = "straits",
                        name = "Straits",
                        parent = "sea",
                    }
                ),
                Some.Topic(
                    new
                    {
                        slug = "cables",
                        name = "Cables",
                        parent = "sea",
                    }
                ),
                Some.Topic(
                    new
                    {
                        slug = "hidden-topic",
                        parent = "sea",
                        publicationStatus = "draft",
                    }
                ),
                Some.Topic(new { slug = "land" }),
                Some.Expert(new { slug = "often" }),
                Some.Expert(new { slug = "seldom" }),
                Some.Expert(new { slug = "hidden-expert", publicationStatus = "draft" }),
                .. Enumerable.Range(1, 7).Select(n => Article($"a{n}", $"2024-05-0{n}T12:00:00Z", n)),
                Article("hidden-article", "2024-05-08T12:00:00Z", 6, "draft"),
                Event("e1", "2024-06-01", "straits"),
                Event("e2", "2024-06-02", "straits", "often"),
                Event("e3", "2024-06-03", "straits"),
                Event("hidden-event", "2024-06-04", "straits", "often", "draft"),
                Event("much-later", "2096-06-04", "land"),
                Event("later", "2095-06-04", "land"),
                Event("soon", "2094-06-04", "land"),
                Event("hidden-soon", "2093-06-04", "land", null, "draft"),
                Event("after-that", "2097-06-04", "land"),
                Some.Menu(
                    new
                    {
                        slug = "main",
                        items = new object[]
                        {
                            new { label = "Sea", target = new { resource = "topic", slug = "sea" } },
                            new { label = "Elsewhere", url = "https://elsewhere.example/" },
                            new { label = "More" },
                        },
                    }
                ),
            ]);

        private static string Article(string slug, string publishedAt, int number, string publicationStatus = "published") =>
            Some.Article(
                new
                {
                    slug,
                    publishedAt,
                    publicationStatus,
                    topics = new[] { number % 2 == 0 ? "straits" : "sea" },
                    experts = number == 1 ? new[] { "seldom" } : ["often"],
                    featured = number is 1 or 6,
                }
            );

        private static string Event(string slug, string day, string topic, string? expert = null, string publicationStatus = "published") =>
            Some.Event(
                new
                {
                    slug,
                    startsAt = $"{day}T10:00:00Z",
                    endsAt = $"{day}T11:00:00Z",
                    topics = new[] { topic },
                    experts = expert is null ? [] : new[] { expert },
                    publicationStatus,
                }
            );
    }
}
