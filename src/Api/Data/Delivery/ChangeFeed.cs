using Dapper;
using Npgsql;

namespace Api.Data.Delivery;

/// <summary>
/// The visible changes, by polling and by notification. Reads them with the delivery login from the primary, or from a standby while the
/// primary is unavailable.
/// </summary>
/// <remarks>
/// Queries all servers, and reports their state to <see cref="DeliveryHosts"/>. Escapes: <see cref="NpgsqlException"/> and
/// <see cref="TimeoutException"/> after two seconds, however the connections broke.
/// </remarks>
internal sealed class ChangeFeed(DeliveryDatabase delivery) : IDisposable
{
    /// <summary>The channel of the notifications that content has changed.</summary>
    public const string Channel = "content_changed";

    /// <summary>The most changes that <see cref="Since"/> returns.</summary>
    public const int Most = 5_000;

    /// <summary>The most coming expiries that <see cref="Expiries"/> returns, and the most overdue ones.</summary>
    public const int MostExpiries = 1_000;

    private static readonly string SinceSql = $"""
        select h.sequence, h.changed_at, pg_is_in_recovery() as is_standby,
               (select c.at from delivery.changes c where c.sequence = h.sequence) as at,
               (select c.at from delivery.changes c where c.sequence = @since) as since_at
        from   delivery.head h;
        select c.sequence, c.resource, coalesce(c.item_id, 0) as item_id, c.keys from delivery.changes c where c.sequence > @since order by c.sequence limit {Most
            + 1}
        """;

    private static readonly string ExpiriesSql = $"""
        with over as (select * from delivery.expiries e where e.expires_at <= now() order by e.expires_at, e.item_id limit {MostExpiries}),
        coming as (select * from delivery.expiries e where e.expires_at > now() order by e.expires_at, e.item_id limit {MostExpiries})
        select e.resource, e.item_id, e.keys, extract(epoch from e.expires_at - clock_timestamp())::double precision as seconds, e.is_coming
        from  (select o.*, false as is_coming from over o union all select c.*, true from coming c) e
        order  by e.expires_at, e.item_id
        """;

    private readonly DeliveryHosts hosts = delivery.Hosts;
    private readonly HashSet<DeliveryHost> asked = [];
    private DeliveryHost followed = delivery.Hosts.All[0];
    private CancellationTokenSource givenUp = new();

    /// <summary>
    /// Whether these connections can receive notifications. They cannot where sessions are shared, as a notification goes to a session.
    /// </summary>
    public bool CanListen => hosts.All.All(host => host.KeepsSessions);

    /// <summary>
    /// Cancelled when the connections to the primary are given up because one of them did not respond. Code that waits on another of them
    /// could otherwise wait for long.
    /// </summary>
    public CancellationToken GivenUp => Volatile.Read(ref givenUp).Token;

    /// <summary>Whether the last answer came from the primary.</summary>
    public bool FollowsPrimary { get; private set; } = true;

    /// <summary>
    /// The head of the content, and the changes after <paramref name="since"/>; null when they are more than <see cref="Most"/>, or when
    /// <paramref name="since"/> is beyond the head or negative.
    /// </summary>
    public async Task<(Head Head, IReadOnlyList<ChangeRow>? Changes)> Since(long since, CancellationToken cancel)
    {
        if (!hosts.AreSeveral)
            return await AskTwice(followed, since, cancel);
        (Head Head, IReadOnlyList<ChangeRow>? Changes, DeliveryHost Host)? best = null;
        Exception? failure = null;
        await foreach (var one in Task.WhenEach(hosts.All.Where(IsFree).Select(host => Try(host, since, cancel)).ToList()))
        {
            var (host, answer, reason) = await one;
            failure ??= reason;
            if (answer is not var (head, changes))
                continue;
            if (best is null || !head.IsStandby || head.Sequence > best.Value.Head.Sequence)
                best = (head, changes, host);
            // The other queries continue in the background, so that a standby that does not answer delays nothing.
            if (!head.IsStandby)
                break;
        }
        // A cancelled wait does not mean that the primary is unavailable.
        if (best is not { Head.IsStandby: false })
            cancel.ThrowIfCancellationRequested();
        if (best is not { } found)
            throw failure ?? new TimeoutException("The servers have not answered the last question yet.");
        (followed, FollowsPrimary) = (found.Host, !found.Head.IsStandby);
        return (found.Head, found.Changes);
    }

    /// <summary>The next expiries, soonest first, at most <see cref="MostExpiries"/>, and as many that are overdue.</summary>
    public async Task<IReadOnlyList<Expiry>> Expiries(CancellationToken cancel)
    {
        await using var connection = await followed.Feed.OpenConnectionAsync(cancel);
        return (await connection.QueryAsync<Expiry>(new CommandDefinition(ExpiriesSql, cancellationToken: cancel))).AsList();
    }

    /// <summary>
    /// Calls <paramref name="notify"/> for each channel once it listens, and on every notification, until the connection breaks or is given
    /// up. A standby sends no notifications.
    /// </summary>
    /// <remarks>Escapes in addition: <see cref="OperationCanceledException"/>.</remarks>
    /// <param name="notify">Gets the channel of the notification.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="cancel">Stops listening.</param>
    public async Task Listen(Action<string> notify, IReadOnlyList<string> channels, CancellationToken cancel)
    {
        if (hosts.Primary is not { } primary)
            return;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel, GivenUp);
        await using var connection = await primary.Feed.OpenConnectionAsync(limited.Token);
        connection.Notification += (_, notification) => notify(notification.Channel);
        await connection.ExecuteAsync(
            new CommandDefinition(string.Join(';', channels.Select(channel => $"listen {channel}")), cancellationToken: limited.Token)
        );
        foreach (var channel in channels)
            notify(channel);
        while (true)
            await connection.WaitAsync(limited.Token);
    }

    public void Dispose() => givenUp.Dispose();

    private bool IsFree(DeliveryHost host)
    {
        lock (asked)
            return !asked.Contains(host);
    }

    private async Task<(DeliveryHost Host, (Head Head, IReadOnlyList<ChangeRow>? Changes)? Answer, Exception? Reason)> Try(
        DeliveryHost host,
        long since,
        CancellationToken cancel
    )
    {
        lock (asked)
            asked.Add(host);
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
            lock (asked)
                asked.Remove(host);
        }
    }

    // A connection can break unnoticed while the server is available, so only a second failure counts. When one connection is broken, the
    // others may be too, including the listening one.
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
            if (!wasThere)
                throw;
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
            SinceSql,
            new { since },
            async results => (await results.ReadSingleAsync<Head>(), (await results.ReadAsync<ChangeRow>()).AsList()),
            cancel
        );
        host.Answered(new HostState(head.IsStandby, head.Sequence));
        return (head, since < 0 || head.Sequence < since || changes.Count > Most ? null : changes);
    }

    /// <summary>The head of the content.</summary>
    internal sealed record Head
    {
        public long Sequence { get; init; }
        public DateTime ChangedAt { get; init; }
        public bool IsStandby { get; init; }

        /// <summary>When the last change was made; null without changes.</summary>
        public DateTime? At { get; init; }

        /// <summary>
        /// When the change that <see cref="Since"/> starts from was made. A different time than before means another history, as after a
        /// restore.
        /// </summary>
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

    /// <summary>An item that expires.</summary>
    internal sealed record Expiry
    {
        public string Resource { get; init; } = "";
        public int ItemId { get; init; }
        public int[] Keys { get; init; } = [];
        public double Seconds { get; init; }
        public bool IsComing { get; init; }
    }
}
