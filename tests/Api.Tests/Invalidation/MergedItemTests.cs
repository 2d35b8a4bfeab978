using Api.Invalidation;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Invalidation;

/// <summary>What a change of an item names that others were merged into.</summary>
public class MergedItemTests(MergedItemTests.Content api) : IClassFixture<MergedItemTests.Content>
{
    [Fact]
    public async Task An_item_with_a_new_slug_names_the_addresses_that_redirect_to_it()
    {
        await api.Import(Some.Article(new { slug = "merged", mergedInto = "target" }));
        await api.Notice();
        var since = (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>();
        await api.Import(Some.Article(new { id = Target, slug = "renamed" }));
        await api.Notice();
        using var redirect = await api.Client.GetAsync(
            new Uri("/v1/articles/merged", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        Assert.EndsWith("/articles/renamed", redirect.Headers.Location!.ToString(), StringComparison.Ordinal);
        var named = await api
            .Services.GetRequiredService<InvalidationReader>()
            .Between(since, (await api.GetJson("/v1"))["data"]!["sequence"]!.GetValue<long>(), TestContext.Current.CancellationToken);
        Assert.Contains("articles/merged", named);
        Assert.Contains("articles/target", named);
        Assert.DoesNotContain("all", named);
    }

    private const string Target = "0189f7ea-ae2c-7c4a-8e0b-9f2c41d07b3e";

    public sealed class Content(TestServer server) : ApiFixture(server)
    {
        protected override Task Seed() =>
            Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Article(new { id = Target, slug = "target" }),
                Some.Article(new { slug = "merged" })
            );
    }
}
