using System.Globalization;
using Api.Tests.Support;
using Npgsql;

namespace Api.EndToEnd.Support.Caches;

/// <summary>The API as a process of its own, each cache in front of it, and between it and its database a network that can fail.</summary>
public class CachedSite(TestServer server) : ApiFixture(server)
{
    /// <summary>The setting <c>Cache__MaxAgeSeconds</c>.</summary>
    public const int MaxAge = 5;

    /// <summary>The setting <c>Cache__StaleWhileRevalidateSeconds</c>.</summary>
    public const int Stale = 2;

    /// <summary>What readers ask.</summary>
    public const string Host = "api.example.org";

    private ApiProcess? process;
    private HttpClient? direct;

    internal IReadOnlyList<RunningCache> Caches { get; private set; } = [];

    /// <summary>Between the API and its database.</summary>
    internal TcpProxy Network { get; private set; } = null!;

    /// <summary>Where the API listens.</summary>
    internal Uri Address { get; private set; } = null!;

    /// <summary>The caches in front.</summary>
    private protected virtual IEnumerable<SharedCache> Kinds => SharedCache.All;

    /// <summary>Whether requests of the caches to the API are counted.</summary>
    protected virtual bool Counts => true;

    /// <summary>Further settings of the API.</summary>
    protected virtual IEnumerable<(string Name, string? Value)> Settings => [];

    /// <summary>Content beside that of the demo; runs before the API starts.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var cache in Caches)
            await cache.DisposeAsync();
        direct?.Dispose();
        process?.Dispose();
        if (Network is not null)
            await Network.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Asks the API itself.</summary>
    internal Task<Answer> Ask(string path, params (string Name, string Value)[] headers) =>
        Answer.To(direct!, HttpMethod.Get, path, headers);

    /// <summary>Does the same with each cache, at the same time.</summary>
    internal Task Each(Func<RunningCache, Task> act) => Task.WhenAll(Caches.Select(act));

    /// <summary>The cache of a name.</summary>
    internal RunningCache Named(string name) => Caches.Single(cache => cache.Cache.Name == name);

    /// <summary>Ends the API without a chance to say so.</summary>
    internal void KillApi() => process!.Dispose();

    /// <summary>Starts the API, again where it was.</summary>
    internal async Task StartApi()
    {
        // A process that has just started may take long to connect, on a machine that has other things to do.
        var through = new NpgsqlConnectionStringBuilder(Connections.Content)
        {
            Host = "127.0.0.1",
            Port = Network.Port,
            Timeout = 30,
        };
        process = ApiProcess.Start(
            ["serve", "--urls", Address?.ToString() ?? "http://127.0.0.1:0"],
            [
                ("ConnectionStrings__Content", through.ConnectionString),
                ("Api__PublicUrl", $"https://{Host}"),
                ("Cache__MaxAgeSeconds", MaxAge.ToString(CultureInfo.InvariantCulture)),
                ("Cache__StaleWhileRevalidateSeconds", Stale.ToString(CultureInfo.InvariantCulture)),
                ("Serilog__MinimumLevel__Default", "Warning"),
                .. Settings,
            ]
        );
        Address = await process.Listening(TestContext.Current.CancellationToken);
    }

    protected override async Task Seed()
    {
        Tools.Need("nginx", "haproxy", "varnish", "varnish-modules", "apache2", "squid");
        await DemoSite.Load(ContentDatabase);
        await Prepare();
        var own = new NpgsqlConnectionStringBuilder(Connections.Content);
        Network = TcpProxy.Start(Path.Combine(own.Host!, $".s.PGSQL.{own.Port}"));
        await StartApi();
        direct = Answer.Client(Address);
        Caches = await Task.WhenAll(
            Kinds.Select(cache => RunningCache.Start(cache, Address, Counts, TestContext.Current.CancellationToken))
        );
    }
}
