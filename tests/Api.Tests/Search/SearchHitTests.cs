using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Search;

/// <summary>What a hit shows beside its snippet, and the counts of each resource.</summary>
public class SearchHitTests(SearchHitTests.Content api) : IClassFixture<SearchHitTests.Content>
{
    [Fact]
    public async Task An_article_has_type_date_byline_and_picture()
    {
        var hit = await Hit("zanzibar", "article");
        Assert.Equal("""{"slug":"brief","label":"Brief"}""", hit["type"]!.ToJsonString());
        // Half past eleven in the evening in UTC is that day in New York too.
        Assert.Equal("2024-05-06", hit["date"]!.GetValue<string>());
        Assert.Equal("By Ada Example", hit["byline"]!.GetValue<string>());
        Assert.Equal("https://media.example.org/z-640.jpg", hit["image"]!["url"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_article_without_people_and_picture_has_null()
    {
        var hit = await Hit("quillon", "article");
        Assert.Null(hit["byline"]);
        Assert.Null(hit["image"]);
    }

    [Fact]
    public async Task The_date_of_an_event_is_its_first_day_where_it_takes_place()
    {
        // Eleven in the evening in UTC is the next morning in Tokyo.
        Assert.Equal("2024-06-08", (await Hit("tokyoite", "event"))["date"]!.GetValue<string>());
        Assert.Equal("2024-07-01", (await Hit("wholeday", "event"))["date"]!.GetValue<string>());
        Assert.Null((await Hit("tokyoite", "event"))["type"]);
    }

    [Fact]
    public async Task An_expert_has_a_portrait_and_no_date()
    {
        var hit = await Hit("Example", "expert");
        Assert.Equal("https://media.example.org/ada.jpg", hit["image"]!["url"]!.GetValue<string>());
        Assert.Null(hit["date"]);
        Assert.Null((await Hit("harborology", "topic"))["image"]);
    }

    [Fact]
    public async Task The_facet_resource_counts_every_resource_whatever_is_asked_for()
    {
        foreach (var filter in new[] { "", "&resource=event", "&resource=article,topic" })
        {
            var answer = await api.GetJson($"/v1/search?q=everywhere&facets=resource{filter}");
            Assert.Equal(
                ["article Articles 2", "event Events 1", "expert Experts 1", "topic Topics 1"],
                answer["facets"]!["resource"]!.AsArray().Select(value => $"{value!["value"]} {value["label"]} {value["count"]}")
            );
            Assert.Equal("exact", answer["facetsKind"]!.GetValue<string>());
        }
        var others = await api.GetJson("/v1/search?q=everywhere&facets=resource,type&resource=event");
        Assert.Empty(others["facets"]!["type"]!.AsArray());
        Assert.Equal(4, others["facets"]!["resource"]!.AsArray().Count);
        await api.GetProblem("/v1/articles?facets=resource", HttpStatusCode.BadRequest, "unknown-value", "facets");
    }

    [Fact]
    public async Task A_corrected_search_counts_what_it_shows()
    {
        var answer = await api.GetJson("/v1/search?q=everywehre&facets=resource&limit=0");
        Assert.Equal("everywhere", answer["correctedQuery"]!.GetValue<string>());
        Assert.Equal(
            answer["page"]!["total"]!.GetValue<int>(),
            answer["facets"]!["resource"]!.AsArray().Sum(value => value!["count"]!.GetValue<int>())
        );
        Assert.Equal("all", answer["match"]!.GetValue<string>());
        Assert.Null((await api.GetJson("/v1/articles"))["match"]);
        Assert.Equal("all", (await api.GetJson("/v1/articles?q=everywhere"))["match"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nothing_hidden_is_counted_or_shown()
    {
        var answer = await api.GetJson("/v1/search?q=unspoken&facets=resource");
        Assert.Empty(answer["facets"]!["resource"]!.AsArray());
        Assert.Empty(answer["data"]!.AsArray());
        // A hidden person is not named in a by-line.
        Assert.Equal("By Ada Example", (await Hit("cowritten", "article"))["byline"]!.GetValue<string>());
    }

    private async Task<JsonNode> Hit(string q, string resource) =>
        (await api.GetJson($"/v1/search?q={q}"))["data"]!.AsArray().First(hit => hit!["resource"]!.GetValue<string>() == resource)!;

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import(
                Some.ArticleType(new { slug = "brief", label = "Brief" }),
                Some.Topic(
                    new
                    {
                        slug = "harborology",
                        name = "Harborology",
                        description = "It is everywhere.",
                    }
                ),
                Some.Expert(
                    new
                    {
                        slug = "ada",
                        name = "Ada Example",
                        bioHtml = "<p>Seen everywhere.</p>",
                        photo = new { url = "https://media.example.org/ada.jpg", alt = "Ada" },
                    }
                ),
                Some.Expert(
                    new
                    {
                        slug = "unseen",
                        name = "Unspoken Person",
                        publicationStatus = "draft",
                    }
                ),
                Some.Article(
                    new
                    {
                        title = "Zanzibar everywhere",
                        publishedAt = "2024-05-06T23:30:00Z",
                        experts = new[] { "ada" },
                        image = new
                        {
                            url = "https://media.example.org/z.jpg",
                            alt = "Z",
                            width = 1200,
                            height = 800,
                            renditions = new[]
                            {
                                new
                                {
                                    url = "https://media.example.org/z-640.jpg",
                                    width = 640,
                                    height = 427,
                                    mediaType = "image/jpeg",
                                },
                            },
                        },
                    }
                ),
                Some.Article(new { title = "Quillon everywhere" }),
                Some.Article(new { title = "Cowritten", experts = new[] { "unseen", "ada" } }),
                Some.Article(new { title = "Unspoken", publicationStatus = "draft" }),
                Some.Event(
                    new
                    {
                        title = "Tokyoite everywhere",
                        startsAt = "2024-06-07T23:00:00Z",
                        endsAt = "2024-06-08T01:00:00Z",
                        timeZone = "Asia/Tokyo",
                    }
                ),
                """{"resource":"event","slug":"whole","title":"Wholeday","allDay":true,"startsOn":"2024-07-01","timeZone":"Asia/Tokyo","mode":"virtual"}"""
            );
    }
}
