using System.Globalization;
using Api.Data;
using Api.Tests.Support;
using Npgsql;

namespace Api.Tests.Data;

/// <summary>A connection that ends somewhere inside of what the server says.</summary>
public class BrokenConnectionTests(TestServer server, DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/articles/a-longer-view")]
    [InlineData("/v1/articles?limit=30")]
    [InlineData("/sitemap.xml")]
    public async Task An_answer_that_breaks_off_anywhere_is_asked_for_again_or_is_503(string address)
    {
        var socket = new NpgsqlConnectionStringBuilder(demo.Connections.Content);
        await using var network = TcpProxy.Start($"{socket.Host}/.s.PGSQL.{socket.Port}");
        string Through(string connection) =>
            new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = network.Port }.ConnectionString;
        await using var node = await UncachedNode.Start(
            server,
            new Connections(Through(demo.Connections.Content), Through(demo.Connections.Delivery))
        );
        var right = await node.Answer(address);
        Assert.Equal(200, right.Status);
        List<int> statuses = [];
        for (var bytes = 1; bytes < 40_000; bytes += 1 + (bytes / 4))
        {
            network.CutAfter(bytes);
            var answer = await node.Answer(address);
            network.Admit();
            Assert.True(
                answer == right || answer.Status == 503,
                string.Create(CultureInfo.InvariantCulture, $"after {bytes} bytes: {answer.Status}")
            );
            statuses.Add(answer.Status);
        }
        Assert.Contains(503, statuses);
        Assert.Contains(200, statuses);
        Assert.Equal(right, await node.Answer(address));
    }
}
