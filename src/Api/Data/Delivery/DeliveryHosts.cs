using Npgsql;

namespace Api.Data.Delivery;

/// <summary>The servers of the delivery login's connection string, and which of them may answer: a standby that has replayed all the node knows, else the primary.</summary>
/// <remarks>Choosing costs nothing: <see cref="ChangeFeed"/> asks the servers how far they are. With one server there is nothing to choose.</remarks>
internal sealed class DeliveryHosts : IAsyncDisposable
{
    // Measured: a small pool has the throughput of a large one at a fifth of its p99.
    private static readonly int PoolSize = Math.Max(4, 2 * Environment.ProcessorCount);

    private long required = -1;
    private uint choices;

    public DeliveryHosts(Connections connections)
    {
        DapperSettings.Apply();
        All = [.. DataSources.Hosts(connections.Delivery).Select(host => new DeliveryHost(Requests(host), Feed(host), Probe(host), !SessionCheck.IsWaived(new NpgsqlConnectionStringBuilder(host))))];
    }

    /// <summary>All of them, in the order of the connection string.</summary>
    public IReadOnlyList<DeliveryHost> All { get; }

    /// <summary>Whether there is something to choose.</summary>
    public bool AreSeveral => All.Count > 1;

    /// <summary>The one that takes changes, so far as is known, whether it is there or not; null when that is not known.</summary>
    public DeliveryHost? Primary =>
        AreSeveral ? All.FirstOrDefault(host => host is { IsThere: true, State.IsStandby: false }) ?? All.FirstOrDefault(host => host.State is { IsStandby: false }) : All[0];

    /// <summary>Whether a standby has still to replay what requests must see.</summary>
    public bool AnyIsBehind => AreSeveral && All.Any(host => host is { IsThere: true, State: { IsStandby: true } state } && state.Sequence < Interlocked.Read(ref required));

    /// <summary>From now on answers have to reflect the changes up to <paramref name="sequence"/>.</summary>
    public void Require(long sequence) => Interlocked.Exchange(ref required, sequence);

    /// <summary>The server to ask. All of a request goes to one while that is there: what it has seen once, it goes on seeing.</summary>
    /// <exception cref="NpgsqlException">None may answer now.</exception>
    public DeliveryHost Choose()
    {
        if (!AreSeveral) return All[0];
        if (RoundTrips.Host is { IsThere: true } same) return same;
        var least = Interlocked.Read(ref required);
        var chosen = Standby(least) ?? Primary ?? (least < 0 ? Next(All) : throw new NpgsqlException("No server has what is known already."));
        return RoundTrips.Host = chosen;
    }

    /// <summary>Makes the next choice another one, if there is another.</summary>
    public void GiveUp(DeliveryHost host)
    {
        host.Reconnect();
        if (AreSeveral) host.Left();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in All) await host.DisposeAsync();
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
        // Measured: prepared statements and no reset between uses double the throughput together.
        settings.NoResetOnClose = true;
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (200, 1);
        // The server ends a statement sooner: who hears nothing for longer has a connection that leads nowhere.
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
        // It is a second, not one and two more to wait for the end of what has been given up.
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
