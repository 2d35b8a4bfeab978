using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Topics;

public class TopicTreeTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task The_tree_holds_every_visible_topic_once_below_its_parent()
    {
        var (root, a, b, hidden, below) = (
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic"),
            Some.Slug("topic")
        );
        await api.Import(
            Some.Topic(new { slug = root, name = "Root" }),
            Some.Topic(
                new
                {
                    slug = b,
                    parent = root,
                    name = "B",
                }
            ),
            Some.Topic(
                new
                {
                    slug = a,
                    parent = root,
                    name = "A",
                }
            ),
            Some.Topic(
                new
                {
                    slug = hidden,
                    parent = a,
                    publicationStatus = "draft",
                }
            ),
            Some.Topic(new { slug = below, parent = hidden }),
            Some.Article(new { topics = new[] { below } })
        );
        var page = await api.GetJson("/v1/topics?view=tree");
        var tree = page["data"]!.AsArray().Single(node => Slug(node!) == root)!;
        Assert.Equal($"{root}({a}({below}()),{b}())", Outline(tree));
        Assert.Equal(1, tree["topic"]!["articleCount"]!.GetValue<int>());
        Assert.Equal(page["data"]!.AsArray().Count, page["page"]!["total"]!.GetValue<int>());
        Assert.Null(page["links"]!["next"]);
    }

    [Fact]
    public async Task A_tree_of_the_greatest_depth_is_answered()
    {
        var slugs = Enumerable.Range(0, 32).Select(_ => Some.Slug("topic")).ToList();
        await api.Import([.. slugs.Select((slug, n) => Some.Topic(new { slug, parent = n == 0 ? null : slugs[n - 1] }))]);
        using var answer = await api.Client.GetAsync(
            new Uri("/v1/topics?view=tree", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"\"{slugs[^1]}\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=5", "limit")]
    [InlineData("page=2", "page")]
    [InlineData("count=none", "count")]
    [InlineData("sort=-name", "sort")]
    [InlineData("kind=issue", "kind")]
    [InlineData("featured=true", "featured")]
    [InlineData("fields=name", "fields")]
    public async Task What_selects_part_of_a_list_does_not_go_together_with_the_tree(string query, string parameter) =>
        await api.GetProblem($"/v1/topics?view=tree&{query}", HttpStatusCode.BadRequest, "conflicting-parameters", parameter);

    [Theory]
    [InlineData("limit=20&page=1&count=auto&sort=name")]
    public async Task Defaults_may_be_written_out(string query) => await api.GetJson($"/v1/topics?view=tree&{query}");

    private static string Outline(JsonNode tree) =>
        $"{Slug(tree)}({string.Join(',', tree["topics"]!.AsArray().Select(below => Outline(below!)))})";

    private static string Slug(JsonNode tree) => tree["topic"]!["slug"]!.GetValue<string>();
}
