using System.Collections.Concurrent;
using System.Net;
using Api.Http.Errors;
using Api.Settings;

namespace Api.Http.Caching;

/// <summary>Counts the requests that wait for changes, by <c>wait=</c> or as streams, and refuses more than the settings allow.</summary>
internal sealed class Listeners(LiveSettings settings)
{
    private readonly ConcurrentDictionary<IPAddress, int> byAddress = new();
    private int count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Counts a request until the result is disposed of.</summary>
    /// <param name="address">Where it comes from; null when unknown.</param>
    /// <exception cref="OverloadedException">There are too many on this node.</exception>
    /// <exception cref="RateLimitedException">There are too many from this address.</exception>
    public IDisposable Enter(IPAddress? address)
    {
        var network = address is null ? null : NetworkOf(address);
        if (Interlocked.Increment(ref count) > settings.MaxListeners)
        {
            Interlocked.Decrement(ref count);
            throw new OverloadedException();
        }
        if (network is not null && byAddress.AddOrUpdate(network, 1, (_, before) => before + 1) > settings.MaxPerAddress)
        {
            Leave(network);
            throw new RateLimitedException();
        }
        return new Listener(this, network);
    }

    /// <summary>
    /// What is counted as one address: an IPv4 address, or the first 64 bits of an IPv6 address, which one customer has. Null for addresses
    /// of private networks. Pure.
    /// </summary>
    public static IPAddress? NetworkOf(IPAddress address) => ClientNetwork.Of(address, 32, 64);

    private void Leave(IPAddress? network)
    {
        Interlocked.Decrement(ref count);
        if (network is null)
            return;
        // Removed at zero, so that old addresses take no memory.
        if (byAddress.AddOrUpdate(network, 0, (_, before) => before - 1) <= 0)
            byAddress.TryRemove(new(network, 0));
    }

    private sealed class Listener(Listeners listeners, IPAddress? network) : IDisposable
    {
        private Listeners? open = listeners;

        public void Dispose() => Interlocked.Exchange(ref open, null)?.Leave(network);
    }
}

/// <summary>Settings <c>Live:…</c>.</summary>
/// <param name="MaxListeners">Requests that wait on one node at once.</param>
/// <param name="MaxPerAddress">Of these, from one address.</param>
internal sealed record LiveSettings(int MaxListeners, int MaxPerAddress)
{
    private static readonly NumberSetting MaxListenersSetting = new("Live:MaxListeners", "requests", 10_000, 1, 100_000)
    {
        Effect =
            "Maximum number of requests that wait for changes on one node: streams, and requests with `wait`. Further ones are answered 503 with `Retry-After`.",
    };

    private static readonly NumberSetting MaxPerAddressSetting = new("Live:MaxPerAddress", "requests", 20, 1, 100_000)
    {
        Effect =
            "Maximum number of these from one IP address (IPv6: one /64 network). Further ones are answered 429 with `Retry-After`. Addresses of private networks are not limited, because they are of proxies; `Proxy__Known__0` makes the addresses of clients count.",
    };

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static LiveSettings From(IConfiguration configuration) =>
        new((int)MaxListenersSetting.Read(configuration), (int)MaxPerAddressSetting.Read(configuration));
}
