using Api.Invalidation;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Invalidation;

/// <summary>What a change in the hierarchy of topics names.</summary>
public class MovedTopicTests(MovedTopicTests.Content api) : IClassFixture<MovedTopicTests.Content>
{
    [Theory]
    // The article is on the new parent already, so no list of articles changes; only its breadcrumbs do.
    [InlineData("on-both")]
    [InlineData("below")]
    public async Task An_article_whose_breadcrumbs_change_is_named(string article)
    {
        var address = $"/v1/articles/{article}";
        await api.Import(Some.Topic(new { slug = "moved", parent = (string?)null }));
        await api.Notice();
        var before = await api.GetJson(address);
        var since = await Sequence();
        await api.Import(Some.Topic(new { slug = "moved", parent = "above" }));
        await api.Notice();
        var now = await api.GetJson(address);
        Assert.NotEqual(before["data"]!["breadcrumbs"]!.ToJsonString(), now["data"]!["breadcrumbs"]!.ToJsonString());
        var named = await api
            .Services.GetRequiredService<InvalidationReader>()
            .Between(since, await Sequence(), TestContext.Current.CancellationToken);
        Assert.Contains($"articles/{article}", named);
        Assert.DoesNotContain("articles/elsewhere", named);
        Assert.DoesNotContain("all", named);
    }

    private async Task<long> Sequence() => (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "above" }),
                Some.Topic(new { slug = "moved" }),
                Some.Topic(new { slug = "child", parent = "moved" }),
                Some.Article(
                    new
                    {
                        slug = "on-both",
                        topics = new[] { "moved", "above" },
                        primaryTopic = "moved",
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "below",
                        topics = new[] { "child", "above" },
                        primaryTopic = "child",
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "elsewhere",
                        topics = new[] { "above", "moved" },
                        primaryTopic = "above",
                    }
                )
            );
    }
}
