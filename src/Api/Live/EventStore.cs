using Api.Data;
using Dapper;

namespace Api.Live;

/// <summary>The rows of <c>content.change_events</c>, as the one node writes them that holds the lease.</summary>
internal sealed class EventStore(ContentDatabase content)
{
    private const string LastSql = """
        insert into content.change_events (sequence, since, at, keys, released_at, purged)
        select h.sequence, h.sequence, coalesce((select c.at from content.changes c where c.sequence = h.sequence), 'epoch'), '{}', clock_timestamp(), true
        from   content.head h
        where  not exists (select from content.change_events);
        select e.sequence, e.at from content.change_events e order by e.sequence desc limit 1
        """;

    private const string AddSql = """
        insert into content.change_events (sequence, since, at, keys, purged)
        select c.sequence, @since, c.at, @keys, @purged
        from   content.changes c
        where  c.sequence = @sequence and @since = (select max(e.sequence) from content.change_events e)
        returning at
        """;

    private const string HasSql = "select exists (select from content.changes c where c.sequence = @sequence and c.at = @at)";

    private const string UnfinishedSql = """
        select e.sequence, e.keys, e.purged, e.released_at is not null as is_released, e.made_at < clock_timestamp() - interval '1 hour' as is_old
        from   content.change_events e
        where  e.released_at is null or not e.purged
        order  by e.sequence
        """;

    private const string NodesSql = """
        select min(n.sequence) as reached, coalesce(bool_or(n.listens), false) as listen
        from   content.nodes n
        where  n.seen_at > clock_timestamp() - interval '10 seconds'
        """;

    private const string ReleaseSql = $"""
        update content.change_events set released_at = clock_timestamp() where sequence = @sequence and released_at is null;
        select pg_notify('{LiveSignal.Channel}', '')
        """;

    private const string PurgedSql = "update content.change_events set purged = true where sequence = any(@sequences)";

    private const string PruneSql = """
        delete from content.change_events
        where  released_at < clock_timestamp() - interval '7 days' and sequence < (select max(e.sequence) from content.change_events e)
        """;

    /// <summary>The last event, released or not. The first call makes the first row, at the head of the content.</summary>
    public async Task<EventPlace> Last(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<EventPlace>(Command(LastSql, null, cancel));
    }

    /// <summary>Whether the content still has the change of an event; it does not after a restore.</summary>
    public async Task<bool> Has(EventPlace place, CancellationToken cancel)
    {
        if (place.Sequence == 0)
            return true;
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<bool>(Command(HasSql, new { place.Sequence, place.At }, cancel));
    }

    /// <summary>Appends an event.</summary>
    /// <returns>Its place; null when it does not continue the last one, or its change is gone.</returns>
    /// <exception cref="IOException">The lease was lost.</exception>
    public async Task<EventPlace?> Add(
        Lease lease,
        long since,
        long sequence,
        IReadOnlyList<string> keys,
        bool purged,
        CancellationToken cancel
    )
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await lease.Assert(connection, cancel);
        var at = await connection.ExecuteScalarAsync<DateTime?>(
            Command(
                AddSql,
                new
                {
                    since,
                    sequence,
                    keys = keys.ToArray(),
                    purged,
                },
                cancel
            )
        );
        await transaction.CommitAsync(cancel);
        return at is { } instant ? new EventPlace { Sequence = sequence, At = instant } : null;
    }

    /// <summary>The events that are not released or not purged, oldest first.</summary>
    public async Task<IReadOnlyList<Unfinished>> Unfinished(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<Unfinished>(Command(UnfinishedSql, null, cancel))).AsList();
    }

    /// <summary>The live nodes together.</summary>
    public async Task<ReportedNodes> Nodes(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<ReportedNodes>(Command(NodesSql, null, cancel));
    }

    /// <summary>Lets an event be sent.</summary>
    public Task Release(long sequence, CancellationToken cancel) => Write(ReleaseSql, new { sequence }, cancel);

    /// <summary>Stores that the caches in front have dropped the keys of events.</summary>
    public Task Purged(IReadOnlyList<long> sequences, CancellationToken cancel) =>
        Write(PurgedSql, new { sequences = sequences.ToArray() }, cancel);

    /// <summary>Removes events that were released more than seven days ago.</summary>
    public Task Prune(CancellationToken cancel) => Write(PruneSql, null, cancel);

    private async Task Write(string sql, object? parameters, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(Command(sql, parameters, cancel));
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancel) =>
        new(sql, parameters, commandTimeout: 5, cancellationToken: cancel);
}

/// <summary>The last change of an event.</summary>
internal sealed record EventPlace
{
    /// <summary>Its sequence.</summary>
    public long Sequence { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public DateTime At { get; init; }

    /// <summary>The position after it.</summary>
    public ChangeToken Token => ChangeToken.Of(Sequence, At);
}

/// <summary>The nodes that have reported within ten seconds.</summary>
internal sealed record ReportedNodes
{
    /// <summary>The change that every one has reached; null without nodes.</summary>
    public long? Reached { get; init; }

    /// <summary>Whether somebody waits for events on any of them.</summary>
    public bool Listen { get; init; }
}

/// <summary>An event that a node has left unfinished.</summary>
internal sealed record Unfinished
{
    /// <summary>Its sequence.</summary>
    public long Sequence { get; init; }

    /// <summary>The keys that its changes make stale.</summary>
    public string[] Keys { get; init; } = [];

    /// <summary>Whether the caches in front have dropped them.</summary>
    public bool Purged { get; init; }

    /// <summary>Whether it may be sent.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Whether it was made more than an hour ago.</summary>
    public bool IsOld { get; init; }
}
