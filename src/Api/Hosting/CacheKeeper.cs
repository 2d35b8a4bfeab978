using Api.Data;
using Api.Data.Delivery;
using Api.Http.Caching;
using Api.Listing;
using Api.Live;
using Api.Reading;
using Api.Reading.Named;

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
    private readonly ChangeCheck check;
    private readonly ExpiryTimer expiries;
    private readonly References references;
    private readonly NameOrders names;
    private readonly ListIndex lists;
    private readonly LiveSignal live;
    private readonly TimeProvider clock;
    private readonly ILogger<CacheKeeper> log;
    private readonly TimeSpan interval;
    private readonly TimeSpan primaryTimeout;
    private readonly Backoff whileBehind;

    private long expiriesAsOf = Moment.Unknown.Sequence;
    private long primaryAnsweredAt;
    private long? behindSince;
    private bool isUnavailable;
    private DateTime? lastAt;
    private bool wasPrimary = true;

    public CacheKeeper(
        ChangeFeed feed,
        DeliveryDatabase delivery,
        AnswerCache cache,
        ChangeCheck check,
        ExpiryTimer expiries,
        References references,
        NameOrders names,
        ListIndex lists,
        LiveSignal live,
        CacheSettings settings,
        TimeProvider clock,
        ILogger<CacheKeeper> log
    )
    {
        (this.feed, this.delivery, this.cache, this.check, this.expiries) = (feed, delivery, cache, check, expiries);
        (this.references, this.names, this.lists, this.live, this.clock, this.log) = (references, names, lists, live, clock, log);
        // Several checks within the time after which cached answers may no longer be served.
        interval = TimeSpan.FromMilliseconds(Math.Clamp(settings.Safety.TotalMilliseconds / 4, 50, 1_000));
        primaryTimeout = 5 * settings.Safety;
        whileBehind = new Backoff(FirstPauseBehind, interval);
        primaryAnsweredAt = clock.GetTimestamp();
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
        var background = Task.WhenAll(feed.CanListen ? Listen(stoppingToken) : Task.CompletedTask, expiries.Run(stoppingToken));
        try
        {
            for (var isAskedFor = false; !stoppingToken.IsCancellationRequested; )
            {
                var primaryAnswered = await check.Answer(() => CheckForChanges(stoppingToken));
                isAskedFor = await check.Wait(Pause(primaryAnswered, isAskedFor), stoppingToken);
            }
        }
        finally
        {
            check.End();
        }
        await background;
    }

    // Whether the primary answered.
    private async Task<bool> CheckForChanges(CancellationToken cancel)
    {
        try
        {
            await Follow(cancel);
            var isPrimary = feed.FollowsPrimary;
            if (isUnavailable)
                log.LogInformation("The database is back");
            if (!isPrimary && (isUnavailable || wasPrimary))
                log.LogWarning("The primary does not answer; a standby is followed");
            (isUnavailable, wasPrimary) = (false, isPrimary);
            return isPrimary;
        }
        // Connections are disposed of while the process stops.
        catch (Exception e) when (e is OperationCanceledException || (e is ObjectDisposedException && cancel.IsCancellationRequested))
        {
            return false;
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
        {
            cache.SetAway();
            // One log line per outage.
            if (!isUnavailable)
                log.LogWarning("The database does not answer; cached answers are still served: {Reason}", e.Message);
            isUnavailable = true;
            return false;
        }
    }

    // Brings the expiries, the lists and the cached answers to the state of the database, in the order in which they depend on each other.
    private async Task Follow(CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        var (head, changes) = await feed.Since(cache.Now.Sequence, cancel);
        RefuseOldStandby(head, begun);
        if (cache.Now.IsKnown && (head.Sequence < cache.Now.Sequence || head.SinceAt != lastAt))
        {
            ForgetHistory(head);
            changes = null;
        }
        var known = cache.Now;
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
        cache.SetHead(head.Sequence);
        var (sequence, at) = await ReadLists(head, known, begun, cancel);
        if (sequence != known.Sequence)
            cache.Apply(
                changes?.Where(row => row.Sequence <= sequence).Select(row => new Change(row.Resource, row.ItemId, row.Keys)).ToList(),
                sequence,
                head.ChangedAt
            );
        lastAt = at;
        delivery.Hosts.Require(sequence);
        cache.Verify(begun);
    }

    // A standby without all changes the cache knows is followed only after the primary has been unavailable for a while.
    private void RefuseOldStandby(ChangeFeed.Head head, long begun)
    {
        if (feed.FollowsPrimary)
            primaryAnsweredAt = begun;
        else if (head.Sequence < cache.Now.Sequence && clock.GetElapsedTime(primaryAnsweredAt) < primaryTimeout)
            throw new TimeoutException("The primary does not answer, and no standby has all of its changes.");
    }

    // The database has another history, as after a restore: its sequence numbers stand for other changes. Everything is dropped at once: no
    // server has the old history any more, and the lists must be read from a server that has the new one.
    private void ForgetHistory(ChangeFeed.Head head)
    {
        log.LogWarning("The content has another history than before; cached answers and lists are dropped");
        references.Forget();
        names.Forget();
        cache.ForgetHistory();
        lists.Forget();
        expiriesAsOf = Moment.Unknown.Sequence;
        cache.Apply(null, head.Sequence, head.ChangedAt);
        delivery.Hosts.Require(head.Sequence);
    }

    // The lists are read before the new sequence is published. Reading a large commit takes a moment; until then the node stays at the
    // state it has, or the state that was read last, so that no answer mixes two states. Returns the state to publish.
    private async Task<(long Sequence, DateTime? At)> ReadLists(ChangeFeed.Head head, Moment known, long begun, CancellationToken cancel)
    {
        if (await lists.Follow(head.Sequence, feed.GivenUp, cancel))
        {
            behindSince = null;
            return (head.Sequence, head.At);
        }
        if (lists.Latest is not { } read || read.Sequence < known.Sequence)
            return (head.Sequence, head.At);
        if (read.Sequence > known.Sequence)
            behindSince = null;
        return clock.GetElapsedTime(behindSince ??= begun) < LongestBehind ? (read.Sequence, read.ChangedAt) : (head.Sequence, head.At);
    }

    // A standby that is replaying, or lists that are being read, are usable in a moment. So the next check follows at once, and later ones
    // at growing intervals, which checks that requests ask for do not lengthen.
    private TimeSpan Pause(bool primaryAnswered, bool isAskedFor)
    {
        if (!primaryAnswered)
            return RetryInterval;
        if (delivery.Hosts.AnyIsBehind || cache.Head > cache.Now.Sequence)
            return isAskedFor ? whileBehind.Coming : whileBehind.Next();
        whileBehind.Reset();
        return interval;
    }

    private async Task Listen(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await feed.Listen(Notified, [ChangeFeed.Channel, LiveSignal.Channel], cancel);
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

    private void Notified(string channel)
    {
        if (channel == LiveSignal.Channel)
            live.Pulse();
        else
            check.Ask();
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
