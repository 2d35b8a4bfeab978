using Npgsql;

namespace Api.Data.Delivery;

/// <summary>
/// The servers in a connection string of a login for requests. Chooses which one answers a request: a standby that has replayed all changes
/// the node knows, otherwise the primary.
/// </summary>
/// <remarks>
/// Choosing needs no query, because <see cref="ChangeFeed"/> reports the state of the servers. A single server is always chosen.
/// </remarks>
internal sealed class DeliveryHosts : IAsyncDisposable
{
    // Measured: a small pool has the throughput of a large pool with a fifth of its p99 latency.
    private static readonly int PoolSize = Math.Max(4, 2 * Environment.ProcessorCount);

    private long required = -1;
    private uint choices;

    /// <param name="connections">
    /// A connection string for each server. One that names several servers stands for the primary among them.
    /// </param>
    public DeliveryHosts(IReadOnlyList<string> connections)
    {
        DapperSettings.Apply();
        All =
        [
            .. connections.Select(host => new DeliveryHost(
                Requests(host),
                Feed(host),
                Probe(host),
                !SessionCheck.IsWaived(new NpgsqlConnectionStringBuilder(host))
            )),
        ];
    }

    /// <summary>All servers, in the order of the connection string.</summary>
    public IReadOnlyList<DeliveryHost> All { get; }

    /// <summary>Whether there are several servers.</summary>
    public bool AreSeveral => All.Count > 1;

    /// <summary>The primary as far as known, available or not; null when unknown.</summary>
    public DeliveryHost? Primary =>
        AreSeveral
            ? All.FirstOrDefault(host => host is { IsThere: true, State.IsStandby: false })
                ?? All.FirstOrDefault(host => host.State is { IsStandby: false })
            : All[0];

    /// <summary>Whether an available standby has yet to replay changes that answers must reflect.</summary>
    public bool AnyIsBehind =>
        AreSeveral
        && All.Any(host => host is { IsThere: true, State: { IsStandby: true } state } && state.Sequence < Interlocked.Read(ref required));

    /// <summary>Sets the minimum sequence: from now on answers must reflect the changes up to <paramref name="sequence"/>.</summary>
    public void Require(long sequence) => Interlocked.Exchange(ref required, sequence);

    /// <summary>
    /// The server to query. All queries of a <see cref="DeliverySession"/> go to the same server while it is available, so that a request
    /// never sees older data.
    /// </summary>
    /// <exception cref="NpgsqlException">No server may answer now.</exception>
    public DeliveryHost Choose()
    {
        if (!AreSeveral)
            return All[0];
        var session = DeliverySession.Current;
        if (session?.Host is { IsThere: true } same)
            return same;
        var least = Interlocked.Read(ref required);
        var chosen =
            Standby(least) ?? Primary ?? (least < 0 ? Next(All) : throw new NpgsqlException("No server has what is known already."));
        if (session is not null)
            session.Host = chosen;
        return chosen;
    }

    /// <summary>Closes the connections to a server, and makes the next choice another server, if there are several.</summary>
    public void GiveUp(DeliveryHost host)
    {
        host.Reconnect();
        if (AreSeveral)
            host.Left();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in All)
            await host.DisposeAsync();
    }

    private DeliveryHost? Standby(long least)
    {
        var able = All.Where(host => host is { IsThere: true, State: { IsStandby: true } state } && state.Sequence >= least).ToList();
        return able is [] ? null : Next(able);
    }

    private DeliveryHost Next(IReadOnlyList<DeliveryHost> hosts) => hosts[(int)(Interlocked.Increment(ref choices) % (uint)hosts.Count)];

    private static NpgsqlDataSource Requests(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        var settings = builder.ConnectionStringBuilder;
        // Measured: prepared statements together with no reset between uses double the throughput.
        settings.NoResetOnClose = true;
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (200, 1);
        // The server ends statements sooner (its statement timeout), so no response for this long means a broken connection.
        if (!settings.ShouldSerialize("Command Timeout"))
            (settings.CommandTimeout, settings.CancellationTimeout) = (3, 500);
        if (!settings.ShouldSerialize("Timeout"))
            settings.Timeout = 3;
        return DataSources.Create(builder, PoolSize);
    }

    private static NpgsqlDataSource Feed(string connection)
    {
        var builder = DataSources.Unprepared(connection);
        var settings = builder.ConnectionStringBuilder;
        (settings.CommandTimeout, settings.Timeout, settings.KeepAlive, settings.MaxPoolSize) = (1, 1, 5, 3);
        // Fails after one second. By default it would wait two more for the cancelled statement to end.
        settings.CancellationTimeout = -1;
        return DataSources.Create(builder, settings.MaxPoolSize);
    }

    private static NpgsqlDataSource Probe(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        var settings = builder.ConnectionStringBuilder;
        (settings.Pooling, settings.CommandTimeout, settings.Timeout, settings.CancellationTimeout) = (false, 2, 2, -1);
        return DataSources.Create(builder, 1);
    }
}
