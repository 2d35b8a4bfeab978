using Dapper;
using Npgsql;

namespace Api.Data;

/// <summary>The visible changes, as the delivery login sees them on the primary: asked for, and announced.</summary>
/// <remarks>Has connections of its own, so that requests which wait for theirs do not hold it up. Escapes: <see cref="NpgsqlException"/> and <see cref="TimeoutException"/> after a second, however the connection broke.</remarks>
internal sealed class ChangeFeed : IAsyncDisposable
{
    /// <summary>The most changes that one answer holds.</summary>
    public const int Most = 5_000;

    /// <summary>The most expiries that one answer holds.</summary>
    public const int MostExpiries = 1_000;

    private const string SinceSql = """
        select sequence, changed_at from delivery.head;
        select c.resource, coalesce(c.item_id, 0) as item_id, c.keys from delivery.changes c where c.sequence > @since order by c.sequence limit 5001
        """;

    private const string ExpiriesSql = """
        select e.resource, e.item_id, e.keys, extract(epoch from e.expires_at - clock_timestamp())::double precision as seconds
        from   delivery.expiries e
        order  by e.expires_at, e.item_id
        limit  1000
        """;

    private readonly NpgsqlDataSource source;
    private CancellationTokenSource givenUp = new();

    public ChangeFeed(Connections connections)
    {
        var builder = new NpgsqlDataSourceBuilder(connections.Delivery);
        (builder.ConnectionStringBuilder.CommandTimeout, builder.ConnectionStringBuilder.Timeout, builder.ConnectionStringBuilder.KeepAlive) = (1, 1, 5);
        // It is a second, not one and two more to wait for the end of what has been given up.
        builder.ConnectionStringBuilder.CancellationTimeout = -1;
        builder.ConnectionStringBuilder.MaxPoolSize = 3;
        source = DataSources.Create(builder, 3, TargetSessionAttributes.PreferPrimary);
        DapperSettings.Apply();
    }

    /// <summary>Where the content is, and the changes after <paramref name="since"/>; null instead of more than <see cref="Most"/>, and of those of another history.</summary>
    public async Task<(Head Head, IReadOnlyList<ChangeRow>? Changes)> Since(long since, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(SinceSql, new { since }, cancellationToken: cancel));
        var head = await results.ReadSingleAsync<Head>();
        var changes = (await results.ReadAsync<ChangeRow>()).AsList();
        return (head, since < 0 || head.Sequence < since || changes.Count > Most ? null : changes);
    }

    /// <summary>What is to vanish next, the soonest first, 1,000 at most.</summary>
    public async Task<IReadOnlyList<Expiry>> Expiries(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<Expiry>(new CommandDefinition(ExpiriesSql, cancellationToken: cancel))).AsList();
    }

    /// <summary>Calls <paramref name="ring"/> once it listens and whenever changes are announced, until the connection breaks or is given up.</summary>
    /// <remarks>Escapes as well: <see cref="OperationCanceledException"/>.</remarks>
    public async Task Listen(Action ring, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel, Volatile.Read(ref givenUp).Token);
        await using var connection = await source.OpenConnectionAsync(limited.Token);
        connection.Notification += (_, _) => ring();
        await connection.ExecuteAsync(new CommandDefinition("listen content_changed", cancellationToken: limited.Token));
        ring();
        while (true)
            await connection.WaitAsync(limited.Token);
    }

    /// <summary>Gives up the connections there are, the listening one included: when one is dead, so may be the others.</summary>
    public void Reconnect()
    {
        source.Clear();
        using var old = Interlocked.Exchange(ref givenUp, new CancellationTokenSource());
        old.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        givenUp.Dispose();
        await source.DisposeAsync();
    }

    /// <summary>Where the content is.</summary>
    internal sealed record Head
    {
        public long Sequence { get; init; }
        public DateTime ChangedAt { get; init; }
    }

    /// <summary>A visible change.</summary>
    internal sealed record ChangeRow
    {
        public string? Resource { get; init; }
        public int ItemId { get; init; }
        public int[] Keys { get; init; } = [];
    }

    /// <summary>An item that is to vanish.</summary>
    internal sealed record Expiry
    {
        public string Resource { get; init; } = "";
        public int ItemId { get; init; }
        public int[] Keys { get; init; } = [];
        public double Seconds { get; init; }
    }
}
