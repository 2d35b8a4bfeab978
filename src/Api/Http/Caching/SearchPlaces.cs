using System.Net;
using Api.Http.Errors;
using Api.Http.Requests;
using Api.Settings;

namespace Api.Http.Caching;

/// <summary>
/// Limits how many searches and facet counts are made for one network at once, so that a robot that walks through them does not take the
/// processors from everybody else. While requests of the network wait, a place rests after each answer for as long as the answer took. A
/// request takes its place before it waits for a permit of <see cref="Shedding"/>, so that robots that wait hold no permit.
/// </summary>
internal sealed class SearchPlaces(SearchPlaceSettings settings, TimeProvider clock)
{
    /// <summary>The most requests of a network that wait for a place.</summary>
    public const int MostWaiting = 16;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(Problems.SearchWaitSeconds);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider clock = clock;
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Places> networks = [];

    /// <summary>How many networks have requests that are being made or wait.</summary>
    public int Networks
    {
        get
        {
            lock (gate)
                return networks.Count;
        }
    }

    /// <summary>Whether a request needs a place to have its answer made.</summary>
    public bool IsNeededBy(HttpContext http) =>
        settings.MaxPerNetwork > 0 && SearchQuery.IsIn(http.Request.QueryString.Value) && NetworkOf(http) is not null;

    /// <summary>Waits for a place in the network of a request, in the order of arrival; dispose it when the answer is made.</summary>
    /// <returns>Null when too many requests of the network wait, or no place became free within two seconds.</returns>
    public async Task<IDisposable?> Enter(HttpContext http)
    {
        var network = NetworkOf(http)!;
        if (Join(network) is not { } places)
            return null;
        var isIn = false;
        try
        {
            isIn = await places.Free.WaitAsync(LongestWait, http.RequestAborted);
            return isIn ? new Place(this, network, places) : null;
        }
        finally
        {
            if (!isIn)
                Leave(network, places);
        }
    }

    /// <summary>
    /// What counts as one network: the first 24 bits of an IPv4 address, and 56 of an IPv6 address, which one customer has. Null for
    /// addresses that are not limited. Pure.
    /// </summary>
    public IPAddress? NetworkOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return settings.Unlimited.Any(network => network.Contains(plain)) ? null : ClientNetwork.Of(plain, 24, 56);
    }

    private IPAddress? NetworkOf(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? NetworkOf(address) : null;

    private Places? Join(IPAddress network)
    {
        lock (gate)
        {
            if (!networks.TryGetValue(network, out var places))
                networks.Add(network, places = new Places(settings.MaxPerNetwork));
            if (places.Requests >= settings.MaxPerNetwork + MostWaiting)
                return null;
            places.Requests++;
            return places;
        }
    }

    // Removed at zero, so that old networks take no memory.
    private void Leave(IPAddress network, Places places)
    {
        lock (gate)
        {
            if (--places.Requests == 0)
                networks.Remove(network);
        }
    }

    private bool IsWaitedFor(Places places)
    {
        lock (gate)
            return places.Requests > settings.MaxPerNetwork;
    }

    private sealed class Places(int count)
    {
        public SemaphoreSlim Free { get; } = new(count);

        // Those that have a place, those that wait, and places that rest.
        public int Requests { get; set; }
    }

    private sealed class Place(SearchPlaces all, IPAddress network, Places places) : IDisposable
    {
        private readonly long begun = all.clock.GetTimestamp();

        public void Dispose()
        {
            if (all.IsWaitedFor(places))
                _ = Rest(all.clock.GetElapsedTime(begun));
            else
                Free();
        }

        // Else a robot would keep a processor busy without a pause, and every other request would compete with it: p99 of lists is then
        // three times the quiet one on two processors, and one and a half times with the rest.
        private async Task Rest(TimeSpan used)
        {
            var rest = used < LongestRest ? used : LongestRest;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), all.clock);
            Free();
        }

        private void Free()
        {
            all.Leave(network, places);
            places.Free.Release();
        }
    }
}

/// <summary>Settings <c>Search:…</c> about load.</summary>
/// <param name="MaxPerNetwork">Searches that are made at once for one network; 0 for any number.</param>
/// <param name="Unlimited">Networks with any number.</param>
internal sealed record SearchPlaceSettings(int MaxPerNetwork, IReadOnlyList<IPNetwork> Unlimited)
{
    private static readonly NumberSetting MaxPerNetworkSetting = new(
        "Search:MaxPerNetwork",
        "answers",
        Math.Max(1, Environment.ProcessorCount / 2),
        0,
        1_000
    )
    {
        DefaultNote = "half the number of processors, at least 1",
        Effect =
            "Maximum number of answers to `q` and `facets` that are computed at the same time for one network (IPv4: /24, IPv6: /56). 16 further requests wait, each for two seconds at most; others are answered 429 with `Retry-After`. 0 sets no limit ([robots](running.md#robots)).",
    };

    private static readonly Setting UnlimitedSetting = new("Search:Unlimited", "list of IP addresses and networks")
    {
        Variable = "Search__Unlimited__0",
        DefaultNote = "none",
        Range = "such as `192.0.2.7`, `2001:db8::/32`",
        Effect =
            "Networks to which `Search__MaxPerNetwork` does not apply, such as the servers of a front end. It never applies to private networks and to requests with a key.",
    };

    /// <summary>Reads and checks the settings; throws <see cref="InvalidOperationException"/> that says what is allowed.</summary>
    public static SearchPlaceSettings From(IConfiguration configuration) =>
        new((int)MaxPerNetworkSetting.Read(configuration), [.. UnlimitedSetting.List(configuration).Select(Parse)]);

    private static IPNetwork Parse(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new InvalidOperationException(
                $"The setting {UnlimitedSetting.Name} holds '{text}'; it has to be an IP address such as 192.0.2.7, or a network such as 2001:db8::/32."
            );
    }
}
