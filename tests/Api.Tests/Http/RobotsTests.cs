using System.Net.Http.Headers;
using Api.Http.Requests;
using Api.Tests.Support;

namespace Api.Tests.Http;

/// <summary>Search engines are asked to keep searches and facets out of their indexes, of which there is no end.</summary>
public class RobotsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("?q=strait", true)]
    [InlineData("?facets=type", true)]
    [InlineData("?limit=5&q=strait", true)]
    [InlineData("?%71=strait", true)]
    [InlineData("?facet%73=type", true)]
    [InlineData("?q", true)]
    [InlineData("", false)]
    [InlineData("?", false)]
    [InlineData("?topic=q", false)]
    [InlineData("?topic=facets&limit=5", false)]
    [InlineData("?%=q&x=%71", false)]
    [InlineData("?qq=1&Q=1&facetsx=1", false)]
    public void What_is_a_search(string query, bool isSearch) => Assert.Equal(isSearch, SearchQuery.IsIn(query));

    [Theory]
    [InlineData("/v1/articles?q=strait", 200)]
    [InlineData("/v1/articles?facets=type", 200)]
    [InlineData("/v1/articles.cards.json?q=strait", 200)]
    [InlineData("/v1/articles.rss?q=strait", 200)]
    [InlineData("/v1/search?q=strait", 200)]
    [InlineData("/v1/suggest?q=str", 200)]
    [InlineData("/v1/articles?q=", 400)]
    [InlineData("/v1/articles?q=strait&nonsense=1", 400)]
    [InlineData("/v1/nothing?q=strait", 404)]
    [InlineData("/?q=strait", 200)]
    [InlineData("/try/articles?q=strait", 303)]
    public async Task Answers_to_searches_are_not_to_be_indexed(string path, int status)
    {
        using var first = await Ask(path);
        Assert.Equal((status, "noindex"), ((int)first.StatusCode, Tag(first)));
        // From memory, if it is a successful answer.
        using var again = await Ask(path);
        Assert.Equal((status, "noindex"), ((int)again.StatusCode, Tag(again)));
        if (first.Headers.ETag is not { } etag)
            return;
        Assert.Equal("content-api; hit", again.Headers.GetValues("Cache-Status").Single());
        using var unchanged = await Ask(path, etag);
        Assert.Equal((304, "noindex"), ((int)unchanged.StatusCode, Tag(unchanged)));
    }

    [Theory]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles?limit=5")]
    [InlineData("/v1/articles?nonsense=q")]
    [InlineData("/v1/nothing")]
    [InlineData("/robots.txt")]
    [InlineData("/")]
    public async Task Other_answers_may_be_indexed(string path)
    {
        using var first = await Ask(path);
        using var again = await Ask(path);
        Assert.Equal((null, null), (Tag(first), Tag(again)));
    }

    private static string? Tag(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Robots-Tag", out var values) ? values.Single() : null;

    private async Task<HttpResponseMessage> Ask(string path, EntityTagHeaderValue? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (etag is not null)
            request.Headers.IfNoneMatch.Add(etag);
        return await api.Client.SendAsync(request, Cancel);
    }
}
