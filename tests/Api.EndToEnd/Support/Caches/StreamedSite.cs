using Api.Http.Caching;
using Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Api.EndToEnd.Support.Caches;

/// <summary>The API in this process, and each proxy in front of it.</summary>
public sealed class StreamedSite(TestServer server) : ApiFixture(server), IAsyncLifetime
{
    private HttpClient? direct;

    internal IReadOnlyList<RunningCache> Proxies { get; private set; } = [];

    /// <summary>How many streams the API has open.</summary>
    internal int Listeners => Services.GetRequiredService<Listeners>().Count;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        Tools.Need("nginx", "haproxy", "varnish", "varnish-modules", "apache2", "squid", "trafficserver");
        await InitializeAsync();
        direct = Answer.Client(Client.BaseAddress!);
        Proxies = await Task.WhenAll(
            SharedCache
                .All.Append(SharedCache.TrafficServer)
                .Select(proxy => RunningCache.Start(proxy, Client.BaseAddress!, counts: false, TestContext.Current.CancellationToken))
        );
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var proxy in Proxies)
            await proxy.DisposeAsync();
        direct?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Reads the stream of the API itself.</summary>
    internal Task<EventReader> Listen() => EventReader.Ready(direct!, "the API");

    /// <summary>Reads the stream through a proxy.</summary>
    internal static Task<EventReader> Listen(RunningCache proxy) => EventReader.Ready(proxy.Client, proxy.Cache.Name);
}
