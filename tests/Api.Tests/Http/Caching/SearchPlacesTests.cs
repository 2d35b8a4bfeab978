using System.Net;
using System.Text.Json.Nodes;
using Api.Http.Caching;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Http.Caching;

/// <summary>Searches of one network hold up no other network.</summary>
public class SearchPlacesTests(SearchPlacesTests.OnePlace api) : IClassFixture<SearchPlacesTests.OnePlace>
{
    private const string Robot = "198.41.0.1";
    private const string Neighbour = "198.41.0.200";
    private const string Reader = "198.41.1.1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SearchPlaces Places => api.Services.GetRequiredService<SearchPlaces>();

    [Theory]
    [InlineData("8.8.8.8", "8.8.8.0")]
    [InlineData("::ffff:8.8.8.8", "8.8.8.0")]
    [InlineData("2a00:1450:4001:82f:aaaa:bbbb:cccc:dddd", "2a00:1450:4001:800::")]
    [InlineData("127.0.0.1", null)]
    [InlineData("10.1.2.3", null)]
    [InlineData("fd00::1", null)]
    [InlineData("198.41.5.1", null)]
    [InlineData("::ffff:198.41.5.1", null)]
    [InlineData("2001:4860::7", null)]
    [InlineData("2001:4860::8", "2001:4860::")]
    public void What_counts_as_one_network(string address, string? network) =>
        Assert.Equal(network, Places.NetworkOf(IPAddress.Parse(address))?.ToString());

    [Fact]
    public void A_setting_that_is_no_network_is_refused()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Search:Unlimited:0", "example.org")]).Build();
        var wrong = Assert.Throws<InvalidOperationException>(() => SearchPlaceSettings.From(configuration));
        Assert.Contains("Search:Unlimited holds 'example.org'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searches_that_wait_are_limited_and_hold_up_nobody_else()
    {
        List<Task<HttpResponseMessage>> asked;
        List<Task<HttpResponseMessage>> waiting = [];
        using (await Hold(Robot))
        {
            asked = [.. Enumerable.Range(0, SearchPlaces.MostWaiting + 5).Select(n => Ask($"/v1/search?q=many{n}", Robot))];
            await foreach (var task in Task.WhenEach(asked).Take(5))
                await Refused(await task);
            waiting = [.. asked.Where(task => !task.IsCompleted)];
            // The one permit that there is is free.
            await Is(HttpStatusCode.OK, "/v1/search?q=another", Reader);
        }
        foreach (var task in waiting)
        {
            using var answer = await task;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        Assert.Equal(0, Places.Networks);
    }

    [Fact]
    public async Task Only_searches_and_facets_whose_answer_is_to_be_made_need_a_place()
    {
        await Is(HttpStatusCode.OK, "/v1/search?q=kept", Reader);
        var key = await SomeKey.Preview(api.ContentDatabase);
        using (await Hold(Robot))
        using (await Hold("2001:4860:0:101::1"))
        {
            using var full = await Fill(Robot);
            foreach (
                var path in new[]
                {
                    "/v1/articles?q=full",
                    "/v1/articles.cards.json?q=full",
                    "/v1/articles.rss?q=full",
                    "/v1/articles?facets=type&limit=0",
                    "/v1/experts?q=full",
                    "/v1/search?q=full",
                    "/v1/suggest?q=full",
                }
            )
                await Refused(await Ask(path, Neighbour));
            await Is(HttpStatusCode.OK, "/v1/articles?limit=7", Robot);
            await Is(HttpStatusCode.OK, "/v1/search?q=kept", Robot);
            // The same answer at an address that nobody has asked for.
            await Is(HttpStatusCode.OK, "/v1/search?utm_source=x&q=kept", Robot);
            await Is(HttpStatusCode.BadRequest, "/v1/articles?q=full&nonsense=1", Robot);
            await Is(HttpStatusCode.OK, "/v1/search?q=with-a-key", Robot, key);
            await Is(HttpStatusCode.OK, "/v1/search?q=reader", Reader);
            await Is(HttpStatusCode.OK, "/v1/search?q=front-end", "198.41.5.1");
            await Is(HttpStatusCode.OK, "/v1/search?q=proxy", "10.0.0.1");
            await Is(HttpStatusCode.OK, "/v1/search?q=other-customer", "2001:4860:0:201::1");
            await full.CancelAsync();
        }
        await Eventually.Is(() => Task.FromResult(Places.Networks == 0));
    }

    [Fact]
    public async Task An_answer_that_is_being_made_needs_no_other_place()
    {
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        await using var holding = await connection.BeginTransactionAsync(Cancel);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "lock table content.experts in access exclusive mode";
            await command.ExecuteNonQueryAsync(Cancel);
        }
        var first = Ask("/v1/experts?q=shared", Robot);
        await Eventually.Is(() => Task.FromResult(Places.Networks == 1));
        var cache = api.Services.GetRequiredService<AnswerCache>();
        var key = $"{api.Client.BaseAddress}v1/experts?q=shared";
        await Eventually.Is(() => Task.FromResult(cache.FindPending(key) is not null));
        Task<HttpResponseMessage>[] others = [Ask("/v1/experts?q=shared", Neighbour), Ask("/v1/experts?q=shared", Reader)];
        await Task.Delay(200, Cancel);
        Assert.Equal(1, Places.Networks);
        await holding.RollbackAsync(Cancel);

        using var made = await first;
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        foreach (var other in others)
        {
            using var answer = await other;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("content-api; fwd=uri-miss; collapsed", answer.Headers.GetValues("Cache-Status").Single());
        }
        Assert.Equal(0, Places.Networks);
    }

    // Takes a place as a request that is being answered does.
    private async Task<IDisposable> Hold(string address)
    {
        var place = await Places.Enter(
            new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) }, RequestAborted = Cancel }
        );
        Assert.NotNull(place);
        return place;
    }

    // Takes every place to wait, until what it returns is cancelled.
    private async Task<CancellationTokenSource> Fill(string address)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var from = IPAddress.Parse(address);
        for (var n = 0; n < SearchPlaces.MostWaiting; n++)
            _ = KeepWaiting();
        await Task.Yield();
        return end;

        async Task KeepWaiting()
        {
            while (!end.IsCancellationRequested)
            {
                using var place = await Places.Enter(
                    new DefaultHttpContext { Connection = { RemoteIpAddress = from }, RequestAborted = end.Token }
                );
            }
        }
    }

    private async Task Is(HttpStatusCode status, string path, string address, string? key = null)
    {
        using var answer = await Ask(path, address, key);
        Assert.Equal((path, status), (path, answer.StatusCode));
    }

    private async Task<HttpResponseMessage> Ask(string path, string address, string? key = null)
    {
        using var request = SomeKey.Request(path, key);
        request.Headers.Add("X-Forwarded-For", address);
        return await api.Client.SendAsync(request, Cancel);
    }

    private static async Task Refused(HttpResponseMessage answer)
    {
        using (answer)
        {
            var path = answer.RequestMessage!.RequestUri!.PathAndQuery;
            Assert.Equal((path, HttpStatusCode.TooManyRequests), (path, answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter!.Delta);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
            Assert.Equal("rate-limited", (string?)problem["code"]);
            Assert.Contains("Search__Unlimited__0", (string?)problem["detail"], StringComparison.Ordinal);
        }
    }

    /// <summary>One place for a network, and one permit for all.</summary>
    public sealed class OnePlace(TestServer server) : ApiFixture(server)
    {
        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Proxy:Known:0"] = "127.0.0.1";
            builder.Configuration["Load:Concurrent"] = "1";
            builder.Configuration["Load:Queued"] = "0";
            builder.Configuration["Search:MaxPerNetwork"] = "1";
            builder.Configuration["Search:Unlimited:0"] = "198.41.5.0/24";
            builder.Configuration["Search:Unlimited:1"] = "2001:4860::7";
        }
    }
}
