using Dapper;
using Npgsql;

namespace Api.Data.Delivery;

/// <summary>The visible changes, as the delivery login sees them on the primary, or on a standby while that is away: asked for, and announced.</summary>
/// <remarks>Asks all servers, and so tells <see cref="DeliveryHosts"/> how far they are. Escapes: <see cref="NpgsqlException"/> and <see cref="TimeoutException"/> after two seconds, however the connections broke.</remarks>
internal sealed class ChangeFeed(DeliveryDatabase delivery) : IDisposable
{
    /// <summary>The most changes that one answer holds.</summary>
    public const int Most = 5_000;

    /// <summary>The most expiries to come that one answer holds, and the most that nobody has seen yet.</summary>
    public const int MostExpiries = 1_000;

    private const string SinceSql = """
        select h.sequence, h.changed_at, pg_is_in_recovery() as is_standby,
               (select c.at from delivery.changes c where c.sequence = h.sequence) as at,
               (select c.at from delivery.changes c where c.sequence = @since) as since_at
        from   delivery.head h;
        select c.sequence, c.resource, coalesce(c.item_id, 0) as item_id, c.keys from delivery.changes c where c.sequence > @since order by c.sequence limit 5001
        """;

    private const string ExpiriesSql = """
        with over as (select * from delivery.expiries e where e.expires_at <= now() order by e.expires_at, e.item_id limit 1000),
        coming as (select * from delivery.expiries e where e.expires_at > now() order by e.expires_at, e.item_id limit 1000)
        select e.resource, e.item_id, e.keys, extract(epoch from e.expires_at - clock_timestamp())::double precision as seconds, e.is_coming
        from  (select o.*, false as is_coming from over o union all select c.*, true from coming c) e
        order  by e.expires_at, e.item_id
        """;

    private readonly DeliveryHosts hosts = delivery.Hosts;
    private readonly HashSet<DeliveryHost> asked = [];
    private DeliveryHost followed = delivery.Hosts.All[0];
    private CancellationTokenSource givenUp = new();

    /// <summary>Whether changes are announced on these connections: not where sessions are shared, as an announcement goes to a session.</summary>
    public bool CanListen => hosts.All.All(host => host.KeepsSessions);

    /// <summary>Is cancelled when the connections to the primary are given up, as one was silent: what waits for another may wait for long.</summary>
    public CancellationToken GivenUp => Volatile.Read(ref givenUp).Token;

    /// <summary>Whether the last answer came from the primary.</summary>
    public bool FollowsPrimary { get; private set; } = true;

    /// <summary>Where the content is, and the changes after <paramref name="since"/>; null instead of more than <see cref="Most"/>, and of those of another history.</summary>
    public async Task<(Head Head, IReadOnlyList<ChangeRow>? Changes)> Since(long since, CancellationToken cancel)
    {
        if (!hosts.AreSeveral) return await AskTwice(followed, since, cancel);
        (Head Head, IReadOnlyList<ChangeRow>? Changes, DeliveryHost Host)? best = null;
        Exception? failure = null;
        await foreach (var one in Task.WhenEach(hosts.All.Where(IsFree).Select(host => Try(host, since, cancel)).ToList()))
        {
            var (host, answer, reason) = await one;
            failure ??= reason;
            if (answer is not var (head, changes)) continue;
            if (best is null || !head.IsStandby || head.Sequence > best.Value.Head.Sequence) best = (head, changes, host);
            // The others go on by themselves: a standby that does not answer holds nobody up.
            if (!head.IsStandby) break;
        }
        // Who had no time to wait for the primary has not found it away.
        if (best is not { Head.IsStandby: false }) cancel.ThrowIfCancellationRequested();
        if (best is not { } found) throw failure ?? new TimeoutException("The servers have not answered the last question yet.");
        (followed, FollowsPrimary) = (found.Host, !found.Head.IsStandby);
        return (found.Head, found.Changes);
    }

    /// <summary>What is to vanish next, the soonest first, <see cref="MostExpiries"/> at most, and as many that should have vanished.</summary>
    public async Task<IReadOnlyList<Expiry>> Expiries(CancellationToken cancel)
    {
        await using var connection = await followed.Feed.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<Expiry>(new CommandDefinition(ExpiriesSql, cancellationToken: cancel))).AsList();
    }

    /// <summary>Calls <paramref name="ring"/> once it listens and whenever changes are announced, until the connection breaks or is given up. A standby announces nothing.</summary>
    /// <remarks>Escapes as well: <see cref="OperationCanceledException"/>.</remarks>
    public async Task Listen(Action ring, CancellationToken cancel)
    {
        if (hosts.Primary is not { } primary) return;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel, GivenUp);
        await using var connection = await primary.Feed.OpenConnectionAsync(limited.Token);
        connection.Notification += (_, _) => ring();
        await connection.ExecuteAsync(new CommandDefinition("listen content_changed", cancellationToken: limited.Token));
        ring();
        while (true)
            await connection.WaitAsync(limited.Token);
    }

    public void Dispose() => givenUp.Dispose();

    private bool IsFree(DeliveryHost host)
    {
        lock (asked) return !asked.Contains(host);
    }

    private async Task<(DeliveryHost Host, (Head Head, IReadOnlyList<ChangeRow>? Changes)? Answer, Exception? Reason)> Try(DeliveryHost host, long since, CancellationToken cancel)
    {
        lock (asked) asked.Add(host);
        try
        {
            return (host, await AskTwice(host, since, cancel), null);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OperationCanceledException)
        {
            return (host, null, e);
        }
        finally
        {
            lock (asked) asked.Remove(host);
        }
    }

    // A connection may have died unnoticed while the server is well: only a second failure counts. When one is dead, so may be the others, the listening one included.
    private async Task<(Head Head, IReadOnlyList<ChangeRow>? Changes)> AskTwice(DeliveryHost host, long since, CancellationToken cancel)
    {
        try
        {
            return await Ask(host, since, cancel);
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            var wasThere = host.IsThere;
            host.Left();
            host.Reconnect();
            if (!wasThere) throw;
        }
        if (host == hosts.Primary)
        {
            using var old = Interlocked.Exchange(ref givenUp, new CancellationTokenSource());
            await old.CancelAsync();
        }
        return await Ask(host, since, cancel);
    }

    private static async Task<(Head Head, IReadOnlyList<ChangeRow>? Changes)> Ask(DeliveryHost host, long since, CancellationToken cancel)
    {
        await using var connection = await host.Feed.OpenConnectionAsync(cancel);
        var (head, changes) = await new OneConnection(connection).QueryMultiple(
            SinceSql, new { since }, async results => (await results.ReadSingleAsync<Head>(), (await results.ReadAsync<ChangeRow>()).AsList()), cancel);
        host.Answered(new HostState(head.IsStandby, head.Sequence));
        return (head, since < 0 || head.Sequence < since || changes.Count > Most ? null : changes);
    }

    /// <summary>Where the content is.</summary>
    internal sealed record Head
    {
        public long Sequence { get; init; }
        public DateTime ChangedAt { get; init; }
        public bool IsStandby { get; init; }

        /// <summary>When the last change was made; null when there is none.</summary>
        public DateTime? At { get; init; }

        /// <summary>When the change that was asked from was made: another than before when this is another history, such as a restored one.</summary>
        public DateTime? SinceAt { get; init; }
    }

    /// <summary>A visible change.</summary>
    internal sealed record ChangeRow
    {
        public long Sequence { get; init; }
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
        public bool IsComing { get; init; }
    }
}
