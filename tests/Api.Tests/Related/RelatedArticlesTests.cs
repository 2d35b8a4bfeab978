using System.Net;
using Api.Tests.Support;

namespace Api.Tests.Related;

public class RelatedArticlesTests(RelatedArticlesTests.Content api) : IClassFixture<RelatedArticlesTests.Content>
{
    [Fact]
    public async Task What_shares_more_and_rarer_topics_and_experts_is_closer_and_the_article_itself_is_not_there() =>
        Assert.Equal(
            ["both", "rare-topic", "expert-only", "another-by-ada", "common-topic"],
            (await api.Slugs("/v1/articles/origin/related?limit=20")).Where(slug => !slug.StartsWith("filler", StringComparison.Ordinal))
        );

    [Fact]
    public async Task Of_two_that_share_the_same_the_one_nearer_in_time_is_closer() =>
        Assert.Equal(["near", "far"], await api.Slugs("/v1/articles/middle/related"));

    [Fact]
    public async Task What_is_hidden_is_not_related_and_comes_when_it_is_published()
    {
        Assert.DoesNotContain("draft", await api.Slugs("/v1/articles/origin/related?limit=20"));
        await api.Execute("update content.items set publication_status = 'published' where slug = 'draft'");
        Assert.Contains("draft", await api.Slugs("/v1/articles/origin/related?limit=20"));
        await api.Execute("update content.items set publication_status = 'draft' where slug = 'draft'");
        Assert.DoesNotContain("draft", await api.Slugs("/v1/articles/origin/related?limit=20"));
    }

    [Fact]
    public async Task There_are_six_unless_fewer_or_up_to_twenty_are_asked_for()
    {
        Assert.Equal(6, (await api.Slugs("/v1/articles/origin/related")).Count);
        Assert.Equal(2, (await api.Slugs("/v1/articles/origin/related?limit=2")).Count);
        Assert.Equal(20, (await api.Slugs("/v1/articles/origin/related?limit=20")).Count);
        await api.GetProblem("/v1/articles/origin/related?limit=21", HttpStatusCode.BadRequest, "out-of-range", "limit");
        await api.GetProblem("/v1/articles/never/related", HttpStatusCode.NotFound, "not-found", null);
        Assert.Empty(await api.Slugs("/v1/articles/lonely/related"));
    }

    [Fact]
    public async Task An_item_can_include_what_is_related() =>
        Assert.Equal(
            await api.Slugs("/v1/articles/origin/related"),
            (await api.GetJson("/v1/articles/origin?include=related"))["included"]!["related"]!
                .AsArray()
                .Select(one => one!["slug"]!.GetValue<string>())
        );

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import([
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "common" }),
                Some.Topic(new { slug = "rare" }),
                Some.Topic(new { slug = "time" }),
                Some.Topic(new { slug = "alone" }),
                Some.Expert(new { slug = "ada" }),
                Article("origin", "2024-05-05", ["common", "rare"], "ada"),
                Article("both", "2024-05-05", ["common", "rare"], "ada"),
                Article("rare-topic", "2024-05-05", ["rare"]),
                Article("expert-only", "2024-05-05", [], "ada"),
                Article("another-by-ada", "1990-05-05", ["alone"], "ada"),
                Article("common-topic", "2024-05-05", ["common"]),
                Article("middle", "2020-01-01", ["time"]),
                Article("near", "2020-06-01", ["time"]),
                Article("far", "2010-01-01", ["time"]),
                Article("lonely", "2020-01-01", []),
                .. Enumerable.Range(1, 20).Select(n => Article($"filler-{n}", "2001-05-05", ["common"])),
                Some.Article(
                    new
                    {
                        slug = "draft",
                        topics = new[] { "rare", "common" },
                        experts = new[] { "ada" },
                        publicationStatus = "draft",
                    }
                ),
            ]);

        private static string Article(string slug, string day, string[] topics, params string[] experts) =>
            Some.Article(
                new
                {
                    slug,
                    publishedAt = $"{day}T10:00:00Z",
                    topics,
                    experts,
                }
            );
    }
}
