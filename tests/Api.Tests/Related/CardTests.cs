using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Related;

public class CardTests(CardTests.Content api) : IClassFixture<CardTests.Content>
{
    [Fact]
    public async Task The_primary_topic_comes_first_and_there_are_at_most_three()
    {
        var card = await Card("/v1/articles.cards.json?slug=filed");
        Assert.Equal(["third", "first", "second"], card["topics"]!.AsArray().Select(topic => topic!["slug"]!.GetValue<string>()));
        Assert.Equal(["slug", "name", "path"], card["topics"]![0]!.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData("small", "https://media.example.org/small-640.jpg", 640)]
    [InlineData("tiny", "https://media.example.org/tiny.jpg", 400)]
    [InlineData("larger", "https://media.example.org/larger-460.jpg", 460)]
    [InlineData("unknown", "https://media.example.org/unknown.jpg", null)]
    public async Task A_picture_is_the_smallest_of_480_pixels_or_the_largest_there_is(string slug, string url, int? width)
    {
        var image = (await Card($"/v1/articles.cards.json?slug={slug}"))["image"]!;
        Assert.Equal(url, image["url"]!.GetValue<string>());
        Assert.Equal(width, image["width"]?.GetValue<int>());
        Assert.Equal($"Alt of {slug}", image["alt"]!.GetValue<string>());
        Assert.Equal(["url", "alt", "width", "height"], image.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task A_renamed_topic_and_expert_have_their_new_names_at_once()
    {
        var card = await Card("/v1/articles.cards.json?slug=named");
        Assert.Equal("Old name", card["topics"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("By Old Name", card["byline"]!.GetValue<string>());
        await api.Import(
            Some.Topic(new { slug = "renamed", name = "New name" }),
            Some.Expert(new { slug = "renamed-expert", name = "New Name" })
        );
        card = await Card("/v1/articles.cards.json?slug=named");
        Assert.Equal("New name", card["topics"]![0]!["name"]!.GetValue<string>());
        Assert.Equal("By New Name", card["byline"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_changed_item_has_a_changed_card_and_a_hidden_one_has_none()
    {
        Assert.Equal("Article changing", (await Card("/v1/articles.cards.json?slug=changing"))["title"]!.GetValue<string>());
        await api.Import(Some.Article(new { slug = "changing", title = "Changed" }));
        Assert.Equal("Changed", (await Card("/v1/articles.cards.json?slug=changing"))["title"]!.GetValue<string>());
        await api.Import(Some.Article(new { slug = "changing", publicationStatus = "draft" }));
        Assert.Empty((await api.GetJson("/v1/articles.cards.json?slug=changing"))["data"]!.AsArray());
    }

    [Fact]
    public async Task Cards_have_no_fields_and_no_bodies()
    {
        await api.GetProblem("/v1/articles.cards.json?fields=title", HttpStatusCode.BadRequest, "unknown-parameter", "fields");
        await api.GetProblem("/v1/articles.cards.json?include=body", HttpStatusCode.BadRequest, "unknown-value", "include");
        await api.GetProblem("/v1/topics.cards.json?view=tree", HttpStatusCode.BadRequest, "unknown-parameter", "view");
        await api.GetProblem("/v1/articles/filed.cards.json", HttpStatusCode.NotFound, "not-found", null);
    }

    [Fact]
    public async Task They_are_json_to_any_client_that_accepts_json()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events.cards.json");
        request.Headers.Accept.ParseAdd("application/json");
        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
    }

    private async Task<JsonNode> Card(string address) => Assert.Single((await api.GetJson(address))["data"]!.AsArray())!;

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import([
                Some.ArticleType(new { slug = "brief" }),
                .. new[] { "first", "second", "third", "fourth" }.Select(slug => Some.Topic(new { slug })),
                Some.Topic(new { slug = "renamed", name = "Old name" }),
                Some.Expert(new { slug = "renamed-expert", name = "Old Name" }),
                Some.Article(
                    new
                    {
                        slug = "filed",
                        topics = new[] { "first", "second", "third", "fourth" },
                        primaryTopic = "third",
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "named",
                        topics = new[] { "renamed" },
                        experts = new[] { "renamed-expert" },
                    }
                ),
                Some.Article(new { slug = "changing" }),
                Pictured("small", 1200, 320, 640, 960),
                Pictured("tiny", 400, 200),
                Pictured("larger", 300, 200, 460),
                Pictured("unknown", null, 200, 400),
            ]);

        private static string Pictured(string slug, int? width, params int[] renditions) =>
            Some.Article(
                new
                {
                    slug,
                    image = new
                    {
                        url = $"https://media.example.org/{slug}.jpg",
                        alt = $"Alt of {slug}",
                        width,
                        height = width,
                        renditions = renditions.Select(one => new
                        {
                            url = $"https://media.example.org/{slug}-{one}.jpg",
                            width = one,
                            height = one,
                            mediaType = "image/jpeg",
                        }),
                    },
                }
            );
    }
}
