using System.Globalization;
using Api.Tests.Support;
using Npgsql;

namespace Api.EndToEnd.Servers;

/// <summary>A connection that breaks off in the middle of an answer of the server.</summary>
public class BrokenConnectionTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_whose_connection_breaks_off_anywhere_says_so_in_one_line()
    {
        var socket = new NpgsqlConnectionStringBuilder(demo.Connections.Content);
        await using var network = TcpProxy.Start($"{socket.Host}/.s.PGSQL.{socket.Port}");
        string Through(string connection) =>
            new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = network.Port }.ConnectionString;
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, [Some.Topic(new { slug = "sea-lanes" })], Cancel);
        var (code, broken) = (1, 0);
        for (var bytes = 500; code == 1; bytes += bytes / 3)
        {
            network.CutAfter(bytes);
            using var import = ApiProcess.Start(
                ["import", "ndjson", file, "--dry-run"],
                ("ConnectionStrings__Content", Through(demo.Connections.Content)),
                ("ConnectionStrings__Delivery", Through(demo.Connections.Delivery))
            );
            code = await import.Exit(Cancel);
            Assert.True(
                code == 0 || (code == 1 && import.Errors.Split('\n')[^1].StartsWith("The ", StringComparison.Ordinal)),
                string.Create(CultureInfo.InvariantCulture, $"after {bytes} bytes: {code} {import.Errors}")
            );
            network.Admit();
            broken += code;
        }
        Assert.True(broken > 0, "no connection broke off");
        File.Delete(file);
    }
}
