using Api.Data;
using Api.Data.Delivery;
using Api.Http.Caching;
using Api.Listing;
using Api.Reading;

namespace Api.Hosting;

/// <summary>
/// Keeps the cache current: listens for notifications of changes, polls as well because a notification can be lost, and drops expired
/// answers in time.
/// </summary>
internal sealed class CacheKeeper : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPauseBehind = TimeSpan.FromMilliseconds(10);

    // When the lists are behind for longer, cached answers are dropped and list requests wait.
    private static readonly TimeSpan LongestBehind = TimeSpan.FromSeconds(10);

    private readonly ChangeFeed feed;
    private readonly DeliveryDatabase delivery;
    private readonly AnswerCache cache;
    private readonly References references;
    private readonly ListIndex lists;
    private readonly TimeProvider clock;
    private readonly ILogger<CacheKeeper> log;
    private readonly TimeSpan interval;
    private readonly TimeSpan primaryTimeout;
    private readonly Backoff whileBehind;

    // Not disposed: the host does not wait for a check in progress, and semaphores hold no resources.
    private readonly SemaphoreSlim followLock = new(1, 1);
    private readonly SemaphoreSlim wake = new(0, 1);

    private readonly ExpiryTimer expiries;
    private long expiriesAsOf = Moment.Unknown.Sequence;
    private long primaryAnsweredAt;
    private long? behindSince;
    private bool isUnavailable;
    private long followedAt;
    private long failedAt;
    private DateTime? lastAt;
    private bool wasPrimary = true;
    private CancellationToken stopping;

    public CacheKeeper(
        ChangeFeed feed,
        DeliveryDatabase delivery,
        AnswerCache cache,
        ExpiryTimer expiries,
        References references,
        ListIndex lists,
        CacheSettings settings,
        TimeProvider clock,
        ILogger<CacheKeeper> log
    )
    {
        (this.feed, this.delivery, this.cache, this.expiries, this.references, this.lists, this.clock, this.log) = (
            feed,
            delivery,
            cache,
            expiries,
            references,
            lists,
            clock,
            log
        );
        // Several checks within the time after which cached answers may no longer be served.
        interval = TimeSpan.FromMilliseconds(Math.Clamp(settings.Safety.TotalMilliseconds / 4, 50, 1_000));
        primaryTimeout = 5 * settings.Safety;
        whileBehind = new Backoff(FirstPauseBehind, interval);
        primaryAnsweredAt = clock.GetTimestamp();
        cache.LookAgain = CheckForChanges;
    }

    /// <summary>
    /// Checks for changes once before the first request, which a standby that is behind could otherwise answer. Without a database this
    /// takes four seconds at most.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await CheckForChanges(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stopping = stoppingToken;
        var background = Task.WhenAll(feed.CanListen ? Listen(stoppingToken) : Task.CompletedTask, expiries.Run(stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            var primaryAnswered = await CheckForChanges(stoppingToken);
            Task waiting = wake.WaitAsync(Pause(primaryAnswered), stoppingToken);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await background;
    }

    private async Task<bool> CheckForChanges(CancellationToken cancel)
    {
        var asked = clock.GetTimestamp();
        await followLock.WaitAsync(cancel);
        try
        {
            // Concurrent calls share a result: a call that waited while another one started and finished has its answer.
            if (followedAt > asked)
                return wasPrimary;
            if (failedAt > asked)
                return false;
            var isPrimary = await Follow(cancel);
            if (isUnavailable)
                log.LogInformation("The database is back");
            if (!isPrimary && (isUnavailable || wasPrimary))
                log.LogWarning("The primary does not answer; a standby is followed");
            (isUnavailable, wasPrimary) = (false, isPrimary);
            return isPrimary;
        }
        // Connections are disposed of while the process stops.
        catch (Exception e) when (e is OperationCanceledException || (e is ObjectDisposedException && stopping.IsCancellationRequested))
        {
            return false;
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
        {
            cache.Lose();
            // One log line per outage.
            if (!isUnavailable)
                log.LogWarning("The database does not answer; cached answers are still served: {Reason}", e.Message);
            isUnavailable = true;
            failedAt = clock.GetTimestamp();
            return false;
        }
        finally
        {
            followLock.Release();
        }
    }

    private async Task<bool> Follow(CancellationToken cancel)
    {
        var known = cache.Now;
        var begun = clock.GetTimestamp();
        var (head, changes) = await feed.Since(known.Sequence, cancel);
        if (feed.FollowsPrimary)
            primaryAnsweredAt = begun;
        // The cache is newer than this standby. A standby that is behind is followed only after the primary has been unavailable for a
        // while.
        else if (head.Sequence < known.Sequence && clock.GetElapsedTime(primaryAnsweredAt) < primaryTimeout)
            throw new TimeoutException("The primary does not answer, and no standby has all of its changes.");
        // Another history: its sequence numbers will be assigned to other changes.
        if (known.IsKnown && (head.Sequence < known.Sequence || head.SinceAt != lastAt))
        {
            log.LogWarning("The content has another history than before; cached answers and lists are dropped");
            changes = null;
            references.Forget();
            cache.ForgetHistory();
            lists.Forget();
            expiriesAsOf = Moment.Unknown.Sequence;
            // Immediately: no server has the old history any more, and the lists must be read from a server that has the new one.
            cache.Apply(null, head.Sequence, head.ChangedAt);
            delivery.Hosts.Require(head.Sequence);
            known = cache.Now;
        }

        // Raise the minimum sequence before publishing the new one, so that a request that starts with it never reads from a standby
        // without it. For the same reason the minimum is not lowered before requests start with a lower one.
        delivery.Hosts.Require(Math.Max(head.Sequence, known.Sequence));
        // Before publishing as well: an answer made at the new sequence may be cached, and must expire in time even if the database is
        // unavailable by then.
        if (head.Sequence != expiriesAsOf)
        {
            await ReadExpiries(cancel);
            expiriesAsOf = head.Sequence;
        }
        cache.Hear(head.Sequence);
        // The lists are read before the new sequence is published. Reading a large commit takes a moment; until then the node stays at the
        // state it has, or the state that was read last, so that no answer mixes two states.
        var (sequence, at) = (head.Sequence, head.At);
        if (await lists.Follow(head.Sequence, feed.GivenUp, cancel))
            behindSince = null;
        else if (lists.Latest is { } read && read.Sequence >= known.Sequence)
        {
            if (read.Sequence > known.Sequence)
                behindSince = null;
            if (clock.GetElapsedTime(behindSince ??= begun) < LongestBehind)
                (sequence, at) = (read.Sequence, read.ChangedAt);
        }
        if (sequence != known.Sequence)
            cache.Apply(
                changes?.Where(row => row.Sequence <= sequence).Select(row => new Change(row.Resource, row.ItemId, row.Keys)).ToList(),
                sequence,
                head.ChangedAt
            );
        lastAt = at;
        delivery.Hosts.Require(sequence);
        cache.Verify(begun);
        followedAt = begun;
        return feed.FollowsPrimary;
    }

    // A standby that is replaying, or lists that are being read, are usable in a moment. So the next check follows at once, and later ones
    // at growing intervals.
    private TimeSpan Pause(bool primaryAnswered)
    {
        if (!primaryAnswered)
            return RetryInterval;
        if (delivery.Hosts.AnyIsBehind || cache.Head > cache.Now.Sequence)
            return whileBehind.Next();
        whileBehind.Reset();
        return interval;
    }

    private async Task Listen(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await feed.Listen(Wake, cancel);
            }
            catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
            {
                log.LogDebug("Listening again: {Reason}", e.Message);
            }
            catch (OperationCanceledException)
            {
                // The process is stopping, or the connection has been given up.
                continue;
            }
            await Task.Delay(RetryInterval, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // A wake-up is pending already.
        }
    }

    private async Task ReadExpiries(CancellationToken cancel)
    {
        var asked = clock.GetTimestamp();
        var rows = await feed.Expiries(cancel);
        expiries.Set(
            [.. rows.Select(row => (TimeSpan.FromSeconds(row.Seconds), new Change(row.Resource, row.ItemId, row.Keys)))],
            rows.CountBy(row => row.IsComing).All(part => part.Value < ChangeFeed.MostExpiries),
            asked
        );
    }
}
