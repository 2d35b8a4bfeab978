using System.Net;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Api.Tests.Http.Caching;

/// <summary>Which answers a shared cache that is purged may keep for long: <c>CDN-Cache-Control</c>.</summary>
public class SharedLifeTests(SharedLifeTests.LongLived api) : IClassFixture<SharedLifeTests.LongLived>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles.cards.json?topic=china&include=featured,menus")]
    [InlineData("/v1/articles?sort=title")]
    [InlineData("/v1/articles.rss")]
    [InlineData("/v1/articles/kept")]
    [InlineData("/v1/articles/kept?include=related,moreOnTopic,topicEvents")]
    [InlineData("/v1/articles/kept.bib")]
    [InlineData("/v1/topics/china?include=articles,events")]
    [InlineData("/v1/events")]
    [InlineData("/v1/events.ics?startsFrom=2020-01-01")]
    [InlineData("/v1/events/meeting?include=related")]
    [InlineData("/v1/menus")]
    public async Task Answers_that_only_certain_changes_drop_live_long(string path)
    {
        var (status, life, headers) = await Get(path);
        Assert.Equal((HttpStatusCode.OK, "max-age=86400"), (status, life));
        Assert.StartsWith("public, max-age=15,", headers["Cache-Control"], StringComparison.Ordinal);
        Assert.DoesNotContain("s-maxage", headers["Cache-Control"], StringComparison.Ordinal);
        Assert.False(headers.ContainsKey("Surrogate-Control"));
    }

    // What any change drops, what the clock changes, what is nowhere, and what is asked by one client alone.
    [Theory]
    [InlineData("/v1/search?q=kept", 200)]
    [InlineData("/v1/suggest?q=kept", 200)]
    [InlineData("/v1/resolve?path=/articles/kept", 200)]
    [InlineData("/v1/changes", 200)]
    [InlineData("/v1", 200)]
    [InlineData("/sitemap.xml", 200)]
    [InlineData("/v1/articles?q=kept", 200)]
    [InlineData("/v1/articles?facets=topic", 200)]
    [InlineData("/v1/events?when=upcoming", 200)]
    [InlineData("/v1/events?when=past", 200)]
    [InlineData("/v1/events.ics", 200)]
    [InlineData("/v1/articles?include=events", 200)]
    [InlineData("/v1/articles?minSequence=1", 200)]
    [InlineData("/v1/articles/earlier", 301)]
    [InlineData("/v1/articles/nowhere", 404)]
    [InlineData("/v1/articles/gone", 410)]
    [InlineData("/v1/articles?limit=0&page=0", 400)]
    [InlineData("/v1/articles.xyz", 404)]
    [InlineData("/healthz", 200)]
    [InlineData("/", 200)]
    public async Task Others_do_not(string path, int expected)
    {
        var (status, life, _) = await Get(path);
        Assert.Equal((expected, null), ((int)status, life));
    }

    // A cache goes on with the headers that a 304 does not have, so it has this one.
    [Fact]
    public async Task A_304_says_it_too()
    {
        var (_, _, headers) = await Get("/v1/articles/kept");
        var (status, life, _) = await Get("/v1/articles/kept", headers["ETag"]);
        Assert.Equal((HttpStatusCode.NotModified, "max-age=86400"), (status, life));
    }

    private async Task<(HttpStatusCode Status, string? Life, IReadOnlyDictionary<string, string> Headers)> Get(
        string path,
        string? etag = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        using var answer = await api.Client.SendAsync(request, Cancel);
        var headers = answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        return (answer.StatusCode, headers.GetValueOrDefault("CDN-Cache-Control"), headers);
    }

    public sealed class LongLived(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration["Cache:SharedMaxAgeSeconds"] = "86400";

        protected override Task Seed() =>
            Import(
                Some.ArticleType(new { slug = "brief" }),
                Some.Topic(new { slug = "china" }),
                Some.Article(
                    new
                    {
                        slug = "kept",
                        topics = new[] { "china" },
                        previousSlugs = new[] { "earlier" },
                    }
                ),
                Some.Article(
                    new
                    {
                        slug = "gone",
                        publicationStatus = "draft",
                        withdrawnAt = "2026-01-02T03:04:05Z",
                    }
                ),
                Some.Event(new { slug = "meeting", topics = new[] { "china" } })
            );
    }
}
