using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Api.Http.Caching;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Formats;

/// <summary>Other formats are delivered as JSON is: from memory, with validators, compressed, as far as the client takes them.</summary>
public class FormatDeliveryTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    [Theory]
    [InlineData("/v1/articles.rss", "articles")]
    [InlineData("/v1/articles.atom", "articles")]
    [InlineData("/v1/articles.feed.json", "articles")]
    [InlineData("/v1/articles.ndjson", "articles")]
    [InlineData("/v1/articles.csv", "articles")]
    [InlineData("/v1/events.ics", "events")]
    [InlineData("/v1/articles/kept.jsonld", "articles")]
    public async Task Each_comes_from_memory_with_validators_and_keys(string address, string collection)
    {
        await api.Import(
            Some.Article(new { slug = "kept" }),
            Some.Event(
                new
                {
                    slug = "kept",
                    startsAt = "2090-06-07T16:00:00Z",
                    endsAt = (string?)null,
                }
            )
        );
        await Ask(address);
        using var again = await Ask(address);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("content-api; hit", again.Headers.GetValues("Cache-Status").Single());
        Assert.StartsWith($"all {collection}", again.Headers.GetValues("Surrogate-Key").Single(), StringComparison.Ordinal);
        Assert.True(again.Headers.Contains("Content-Sequence"));
        var length = (await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;

        using var head = await Ask(address, request => request.Method = HttpMethod.Head);
        Assert.Equal((length, again.Content.Headers.ContentType), (head.Content.Headers.ContentLength, head.Content.Headers.ContentType));
        using var known = await Ask(address, request => request.Headers.IfNoneMatch.Add(again.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var small = await Ask(address, request => request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br")));
        Assert.Equal("br", small.Content.Headers.ContentEncoding.Single());

        await api.Import(
            Some.Article(new { slug = "kept", title = $"Changed for {address}" }),
            Some.Event(
                new
                {
                    slug = "kept",
                    startsAt = "2090-06-07T16:00:00Z",
                    endsAt = (string?)null,
                    title = $"Changed for {address}",
                }
            )
        );
        using var changed = await Ask(address);
        Assert.Contains(
            address,
            (await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("\r\n ", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Json_with_and_without_its_suffix_is_one_answer()
    {
        // Nothing is kept before the API has looked at what there is.
        await api.Notice();
        using var plain = await Ask("/v1/articles?limit=7");
        var count = api.Services.GetRequiredService<AnswerCache>().Count;
        using var named = await Ask("/v1/articles.json?limit=7");
        Assert.Equal("content-api; hit", named.Headers.GetValues("Cache-Status").Single());
        Assert.Equal(plain.Headers.ETag, named.Headers.ETag);
        Assert.Equal(plain.Headers.GetValues("Link"), named.Headers.GetValues("Link"));
        Assert.Equal(count, api.Services.GetRequiredService<AnswerCache>().Count);
    }

    [Theory]
    [InlineData("/v1/articles.rss", "application/rss+xml", "application/json")]
    [InlineData("/v1/articles.csv", "text/*", "application/rss+xml")]
    [InlineData("/v1/articles", "application/json", "application/rss+xml")]
    [InlineData("/v1/articles.ndjson", "application/x-ndjson", "text/html")]
    public async Task What_the_client_does_not_take_is_refused_from_memory_too(string address, string taken, string other)
    {
        foreach (var _ in new[] { "made", "kept" })
        {
            using var right = await Ask(address, request => request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(taken)));
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
            using var wrong = await Ask(address, request => request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(other)));
            Assert.Equal(HttpStatusCode.NotAcceptable, wrong.StatusCode);
            var allowed = JsonNode.Parse(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["allowed"]!
                .AsArray()
                .Select(url => url!.GetValue<string>());
            Assert.Equal(
                new[] { ".json", ".cards.json", ".rss", ".atom", ".feed.json", ".ndjson", ".csv" }.Select(suffix =>
                    $"{api.Client.BaseAddress}v1/articles{suffix}"
                ),
                allowed
            );
        }
    }

    [Theory]
    [InlineData("/v1/articles.xml")]
    [InlineData("/v1/articles.ics")]
    [InlineData("/v1/redirects.rss")]
    [InlineData("/v1/nothing.rss")]
    [InlineData("/v1/articles.feed")]
    public async Task A_suffix_that_a_list_does_not_have_is_not_there(string address) =>
        await api.GetProblem(address, HttpStatusCode.NotFound, "unknown-route", null);

    private async Task<HttpResponseMessage> Ask(string address, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        change?.Invoke(request);
        return await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
