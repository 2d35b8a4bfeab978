using Npgsql;

namespace Api.Data.Delivery;

/// <summary>A server that holds the content, and what is known of it.</summary>
/// <param name="requests">Connections for requests.</param>
/// <param name="feed">Connections for following the changes.</param>
/// <param name="probe">Connections, each a new session, for asking whether requests would be answered.</param>
/// <param name="keepsSessions">Whether each connection has a session to itself.</param>
internal sealed class DeliveryHost(NpgsqlDataSource requests, NpgsqlDataSource feed, NpgsqlDataSource probe, bool keepsSessions) : IAsyncDisposable
{
    // What requests need of the server that a session loads when it first uses it: PL/pgSQL, both extensions, a dictionary with its stop words.
    private const string ProbeSql = """
        select h.sequence, delivery.fold('é') as folded, to_tsquery('delivery.english', 'ready') as words, exists (select from delivery.similar_words('zzzz')) as is_similar
        from   delivery.head h
        """;

    private volatile HostState? state;
    private volatile bool isThere;

    /// <summary>Connections for requests.</summary>
    public NpgsqlDataSource Requests => requests;

    /// <summary>Connections for following the changes, which requests that wait for theirs do not hold up.</summary>
    public NpgsqlDataSource Feed => feed;

    /// <summary>Whether each connection has a session to itself, which can listen and keeps its mark (<see cref="SessionCheck"/>).</summary>
    public bool KeepsSessions => keepsSessions;

    /// <summary>What it said last; null before it has said anything.</summary>
    public HostState? State => state;

    /// <summary>Whether it was well when somebody asked last.</summary>
    public bool IsThere => isThere;

    /// <summary>It has answered.</summary>
    public void Answered(HostState now) => (state, isThere) = (now, true);

    /// <summary>It does not answer; what it said before is still known.</summary>
    public void Left() => isThere = false;

    /// <summary>Asks it, in a session of its own, for a little of everything that requests need.</summary>
    /// <exception cref="NpgsqlException">It does not answer, or cannot.</exception>
    public async Task Probe(CancellationToken cancel)
    {
        await using var command = probe.CreateCommand(ProbeSql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Gives up the connections there are; those in use once they are returned.</summary>
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

/// <param name="IsStandby">Whether it replays what the primary writes.</param>
/// <param name="Sequence">The changes up to it are there.</param>
internal sealed record HostState(bool IsStandby, long Sequence);
