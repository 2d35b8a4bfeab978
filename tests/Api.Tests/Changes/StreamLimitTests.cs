using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Api.Http.Caching;
using Api.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Changes;

/// <summary>How many streams a node has, and that one that reads nothing holds up no other.</summary>
public class StreamLimitTests(StreamLimitTests.Limited api) : IClassFixture<StreamLimitTests.Limited>
{
    private const string Path = "/v1/changes/stream";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_are_only_so_many_from_an_address_and_on_a_node()
    {
        await NobodyListens();
        List<HttpResponseMessage> open = [];
        try
        {
            for (var n = 0; n < Limited.PerAddress; n++)
                open.Add(await Ask("198.41.0.1"));
            await Refused(await Ask("198.41.0.1"), HttpStatusCode.TooManyRequests, "rate-limited");
            await Refused(await Ask("198.41.0.1", "/v1/changes?wait=1"), HttpStatusCode.TooManyRequests, "rate-limited");
            // The same network of IPv6, and another.
            open.Add(await Ask("2001:4860:0:1::1"));
            open.Add(await Ask("2001:4860:0:1::2"));
            await Refused(await Ask("2001:4860:0:1::3"), HttpStatusCode.TooManyRequests, "rate-limited");
            open.Add(await Ask("2001:4860:0:2::1"));
            // Those of private networks are of proxies.
            while (open.Count < Limited.All)
                open.Add(await Ask("10.0.0.1"));
            Assert.All(open, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
            await Refused(await Ask("198.41.0.9"), HttpStatusCode.ServiceUnavailable, "service-unavailable");
            // Other requests do not count.
            using var other = await Ask("198.41.0.9", "/v1/topics");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);

            open[0].Dispose();
            open.RemoveAt(0);
            await Eventually.Is(() => Task.FromResult(Listeners == Limited.All - 1));
            open.Add(await Ask("198.41.0.1"));
            Assert.Equal(HttpStatusCode.OK, open[^1].StatusCode);
        }
        finally
        {
            open.ForEach(stream => stream.Dispose());
        }
        await NobodyListens();
    }

    [Fact]
    public async Task Who_reads_nothing_is_closed_and_holds_up_nobody()
    {
        await NobodyListens();
        using var deaf = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2_048 };
        await deaf.ConnectAsync("127.0.0.1", api.Client.BaseAddress!.Port, Cancel);
        await deaf.SendAsync(Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), Cancel);
        await Eventually.Is(() => Task.FromResult(Listeners == 1));
        await using var reader = await Listening.Ready(api.Client, Path);
        Assert.Equal(2, Listeners);

        // Large events until the one that reads nothing has no room for more; the other one gets each meanwhile.
        for (var n = 0; Listeners == 2; n++)
        {
            Assert.True(n < 400, "It was not closed.");
            await api.Import([.. Enumerable.Range(0, 40).Select(page => Some.Page(new { slug = $"page-{page}", title = $"Title {n}" }))]);
            Assert.Equal(40, (await reader.Change())["changes"]!.AsArray().Count);
        }
        Assert.Equal(1, Listeners);
    }

    private int Listeners => api.Services.GetRequiredService<Listeners>().Count;

    private Task NobodyListens() => Eventually.Is(() => Task.FromResult(Listeners == 0));

    private async Task<HttpResponseMessage> Ask(string address, string path = Path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Forwarded-For", address } } };
        return await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private static async Task Refused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        using (answer)
        {
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal(code, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["code"]);
        }
    }

    /// <summary>Few streams; the addresses of clients are those that a proxy names.</summary>
    public sealed class Limited(TestServer server) : ApiFixture(server)
    {
        public const int PerAddress = 2;
        public const int All = 7;

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Live:MaxPerAddress"] = $"{PerAddress}";
            builder.Configuration["Live:MaxListeners"] = $"{All}";
            builder.Configuration["Proxy:Known:0"] = "127.0.0.1";
        }
    }
}
