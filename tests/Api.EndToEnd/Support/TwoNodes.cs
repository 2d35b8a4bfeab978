using Api.Tests.Support;
using Npgsql;

namespace Api.EndToEnd.Support;

/// <summary>Two processes on one database; the second reaches it through a network that can fail.</summary>
public sealed class TwoNodes(TestServer server) : ApiFixture(server)
{
    /// <summary>The setting <c>Cache__SafetySeconds</c> of both.</summary>
    public static readonly TimeSpan Safety = TimeSpan.FromSeconds(1);

    private readonly List<ApiProcess> processes = [];

    /// <summary>The first and the second node.</summary>
    public IReadOnlyList<HttpClient> Nodes { get; private set; } = [];

    internal ApiProcess FirstProcess => processes[0];

    internal TcpProxy Network { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            node.Dispose();
        foreach (var process in processes)
            process.Dispose();
        if (Network is not null)
            await Network.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task Seed()
    {
        await Import(Some.ArticleType(new { slug = "brief" }), Some.Topic(new { slug = "moment" }), Some.Article(new { slug = "anchor" }));
        var direct = new NpgsqlConnectionStringBuilder(Connections.Content);
        Network = TcpProxy.Start(Path.Combine(direct.Host!, $".s.PGSQL.{direct.Port}"));
        var through = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = Network.Port };
        foreach (var content in new[] { direct, through })
        {
            processes.Add(
                ApiProcess.Start(
                    ["serve", "--urls", "http://127.0.0.1:0"],
                    ("ConnectionStrings__Content", content.ConnectionString),
                    ("Cache__SafetySeconds", $"{Safety.TotalSeconds}"),
                    ("Api__PublicUrl", "https://content.example.org"),
                    ("Serilog__MinimumLevel__Default", "Warning")
                )
            );
        }
        var addresses = await Task.WhenAll(processes.Select(process => process.Listening(TestContext.Current.CancellationToken)));
        Nodes = [.. addresses.Select(address => new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) })];
    }
}
