using Api.Data;
using Api.Data.Delivery;
using Api.Http.Caching;
using Api.Listing;
using Api.Reading;

namespace Api.Hosting;

/// <summary>Keeps the cache current: listens for changes, asks for them as well, as an announcement may be lost, and takes out what expires at its moment.</summary>
internal sealed class CacheKeeper : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(10);

    // Then what is kept is dropped, and lists wait.
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(10);

    private readonly ChangeFeed feed;
    private readonly DeliveryDatabase delivery;
    private readonly AnswerCache cache;
    private readonly References references;
    private readonly ListIndex lists;
    private readonly TimeProvider clock;
    private readonly ILogger<CacheKeeper> log;
    private readonly TimeSpan interval;
    private readonly TimeSpan patience;
    private readonly Backoff whileBehind;
    // Not disposed: the host does not wait for a look that is under way when it is, and they hold nothing.
    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private readonly SemaphoreSlim wake = new(0, 1);

    private readonly ExpiryTimer expiries;
    private long expiriesAsOf = Moment.Unknown.Sequence;
    private long primaryAnsweredAt;
    private long? behindSince;
    private bool isAway;
    private long followedAt;
    private long failedAt;
    private DateTime? lastAt;
    private bool wasPrimary = true;

    public CacheKeeper(ChangeFeed feed, DeliveryDatabase delivery, AnswerCache cache, ExpiryTimer expiries, References references, ListIndex lists, CacheSettings settings, TimeProvider clock, ILogger<CacheKeeper> log)
    {
        (this.feed, this.delivery, this.cache, this.expiries, this.references, this.lists, this.clock, this.log) = (feed, delivery, cache, expiries, references, lists, clock, log);
        // Several times within the interval after which nothing would be served any more.
        interval = TimeSpan.FromMilliseconds(Math.Clamp(settings.Safety.TotalMilliseconds / 4, 50, 1_000));
        patience = 5 * settings.Safety;
        whileBehind = new Backoff(Briefly, interval);
        primaryAnsweredAt = clock.GetTimestamp();
        cache.LookAgain = Look;
    }

    /// <summary>Looks once before the first request comes, which could otherwise be answered by a standby that is behind. Without a database this takes four seconds at most.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var besides = Task.WhenAll(feed.CanListen ? Listen(stoppingToken) : Task.CompletedTask, expiries.Run(stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            var isThere = await Look(stoppingToken);
            Task waiting = wake.WaitAsync(Pause(isThere), stoppingToken);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await besides;
    }

    private async Task<bool> Look(CancellationToken cancel)
    {
        var asked = clock.GetTimestamp();
        await oneAtATime.WaitAsync(cancel);
        try
        {
            // Many may ask at once; a call that waited while another one began to follow has its answer.
            if (followedAt > asked) return wasPrimary;
            if (failedAt > asked) return false;
            var isPrimary = await Follow(cancel);
            if (isAway) log.LogInformation("The database is back");
            if (!isPrimary && (isAway || wasPrimary)) log.LogWarning("The primary does not answer; a standby is followed");
            (isAway, wasPrimary) = (false, isPrimary);
            return isPrimary;
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The process stops.
            return false;
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
        {
            cache.Lose();
            // One line for the whole outage.
            if (!isAway) log.LogWarning("The database does not answer; what is in memory is served on: {Reason}", e.Message);
            isAway = true;
            failedAt = clock.GetTimestamp();
            return false;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private async Task<bool> Follow(CancellationToken cancel)
    {
        var known = cache.Now;
        var begun = clock.GetTimestamp();
        var (head, changes) = await feed.Since(known.Sequence, cancel);
        if (feed.FollowsPrimary) primaryAnsweredAt = begun;
        // What is kept is newer than what a standby has that stayed behind: that counts only when the primary has not come back for a while.
        else if (head.Sequence < known.Sequence && clock.GetElapsedTime(primaryAnsweredAt) < patience) throw new TimeoutException("The primary does not answer, and no standby has all of its changes.");
        // The numbers that are missing will be given again.
        if (known.IsKnown && (head.Sequence < known.Sequence || head.SinceAt != lastAt))
        {
            log.LogWarning("The content has another history than before; what was in memory is dropped");
            changes = null;
            references.Forget();
            cache.ForgetHistory();
            lists.Forget();
            expiriesAsOf = Moment.Unknown.Sequence;
            // At once: no server may have what the other history had, and lists are read from one that has this.
            cache.Apply(null, head.Sequence, head.ChangedAt);
            delivery.Hosts.Require(head.Sequence);
            known = cache.Now;
        }

        // Who begins with the new number must not ask a standby without it; nor may one be asked that has less before everybody begins with that.
        delivery.Hosts.Require(Math.Max(head.Sequence, known.Sequence));
        // First: whoever begins with the new number may keep what he makes, and that must go at its moment even if the database is away by then.
        if (head.Sequence != expiriesAsOf)
        {
            await ReadExpiries(cancel);
            expiriesAsOf = head.Sequence;
        }
        cache.Hear(head.Sequence);
        // Before anybody begins with the new number. A large commit takes a moment to be read, and until then everything stays as it was, or as of what was read last: no answer mixes two states.
        var (sequence, at) = (head.Sequence, head.At);
        if (await lists.Follow(head.Sequence, feed.GivenUp, cancel)) behindSince = null;
        else if (lists.Latest is { } read && read.Sequence >= known.Sequence)
        {
            if (read.Sequence > known.Sequence) behindSince = null;
            if (clock.GetElapsedTime(behindSince ??= begun) < MostBehind) (sequence, at) = (read.Sequence, read.ChangedAt);
        }
        if (sequence != known.Sequence)
            cache.Apply(changes?.Where(row => row.Sequence <= sequence).Select(row => new Change(row.Resource, row.ItemId, row.Keys)).ToList(), sequence, head.ChangedAt);
        lastAt = at;
        delivery.Hosts.Require(sequence);
        cache.Verify(begun);
        followedAt = begun;
        return feed.FollowsPrimary;
    }

    // A standby that is replaying what has just come is of use in a moment, and so are lists that are being read, so it is asked again at once, and then less and less often.
    private TimeSpan Pause(bool isThere)
    {
        if (!isThere) return Soon;
        if (delivery.Hosts.AnyIsBehind || cache.Head > cache.Now.Sequence) return whileBehind.Next();
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
                // It is the end, or the connection has been given up.
                continue;
            }
            await Task.Delay(Soon, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            // It rings already.
        }
    }

    private async Task ReadExpiries(CancellationToken cancel)
    {
        var asked = clock.GetTimestamp();
        var rows = await feed.Expiries(cancel);
        expiries.Set([.. rows.Select(row => (TimeSpan.FromSeconds(row.Seconds), new Change(row.Resource, row.ItemId, row.Keys)))], rows.CountBy(row => row.IsComing).All(part => part.Value < ChangeFeed.MostExpiries), asked);
    }
}
