using Npgsql;

namespace Api.Data.Delivery;

/// <summary>A server with the content, and its last known state.</summary>
/// <param name="requests">Connections for requests.</param>
/// <param name="feed">Connections for following the changes.</param>
/// <param name="probe">Connections, each a new session, for checking whether requests would succeed.</param>
/// <param name="keepsSessions">Whether each connection has a session to itself.</param>
internal sealed class DeliveryHost(NpgsqlDataSource requests, NpgsqlDataSource feed, NpgsqlDataSource probe, bool keepsSessions)
    : IAsyncDisposable
{
    // Uses what a session loads from a file: PL/pgSQL, which commits need. Requests need no file.
    private const string ProbeSql = "select h.sequence from delivery.head h; do $$ begin end $$";

    private volatile HostState? state;
    private volatile bool isThere;

    /// <summary>Connections for requests.</summary>
    public NpgsqlDataSource Requests => requests;

    /// <summary>Connections for following the changes, in a pool of their own, so that requests do not delay them.</summary>
    public NpgsqlDataSource Feed => feed;

    /// <summary>
    /// Whether each connection has a session to itself. Only then can it listen, and keep its mark (<see cref="SessionCheck"/>).
    /// </summary>
    public bool KeepsSessions => keepsSessions;

    /// <summary>Its last reported state; null before the first report.</summary>
    public HostState? State => state;

    /// <summary>Whether it answered the last query.</summary>
    public bool IsThere => isThere;

    /// <summary>Records that it has answered.</summary>
    public void Answered(HostState now) => (state, isThere) = (now, true);

    /// <summary>Records that it does not answer; its last state is kept.</summary>
    public void Left() => isThere = false;

    /// <summary>Checks in a new session that everything requests need works.</summary>
    /// <exception cref="NpgsqlException">The server does not answer, or fails.</exception>
    public async Task Probe(CancellationToken cancel)
    {
        await using var command = probe.CreateCommand(ProbeSql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Closes the pooled connections; those in use are closed when they are returned.</summary>
    public void Reconnect()
    {
        requests.Clear();
        feed.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await requests.DisposeAsync();
        await feed.DisposeAsync();
        await probe.DisposeAsync();
    }
}

/// <param name="IsStandby">Whether it is a standby, which replays the changes of the primary.</param>
/// <param name="Sequence">The sequence of the last change it has.</param>
internal sealed record HostState(bool IsStandby, long Sequence);
