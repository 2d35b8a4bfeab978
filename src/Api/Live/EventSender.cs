using Api.Data;
using Api.Http.Caching;
using Api.Http.Tags;
using Api.Invalidation;
using Api.Purging;

namespace Api.Live;

/// <summary>
/// Makes an event of each commit, or of several in a row, has the caches in front drop its keys, and lets it be sent. One node of the
/// installation does so at a time: a lease says which.
/// </summary>
/// <remarks>
/// An event is sent when every live node answers with its last change, so that no receiver reads the content from before, and when the
/// caches in front have dropped its keys, so that no front end fills itself from an old copy; or after five seconds.
/// </remarks>
internal sealed class EventSender(
    ContentDatabase content,
    EventStore store,
    InvalidationReader invalidation,
    Purger purger,
    ChangeEvents events,
    AnswerCache cache,
    LiveSignal signal,
    TimeProvider clock,
    ILogger<EventSender> log
) : BackgroundService
{
    /// <summary>The lease of the node that makes events.</summary>
    public const string LeaseName = "change-events";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NodeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private bool otherNodesListen;

    // Without, commits within a second become one event: each event takes about ten statements.
    private bool IsAnybodyWaiting => purger.IsOn || events.IsWatched || otherNodesListen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var isFailing = false; !stoppingToken.IsCancellationRequested; )
        {
            try
            {
                await using var lease = await Lease.TryTake(content.DataSource, LeaseName, stoppingToken);
                if (lease is not null)
                {
                    if (isFailing)
                        log.LogInformation("Change events are sent again");
                    isFailing = false;
                    using var holding = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lease.Lost);
                    await Send(lease, holding.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The process stops, or another node has taken over.
            }
            catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException or IOException)
            {
                // One log line per outage.
                if (!isFailing)
                    log.LogWarning("Change events are held up: {Reason}", e.Message);
                isFailing = true;
            }
            await Task.Delay(LeaseInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Send(Lease lease, CancellationToken cancel)
    {
        var last = await store.Last(cancel);
        // What another node has left: it may have stopped before a purge, or before its repetition.
        foreach (var left in await store.Unfinished(cancel))
        {
            IReadOnlyList<string> keys = left.IsOld ? [CacheKey.All] : left.Keys;
            if (left.IsReleased)
                _ = StorePurged(left.Sequence, purger.Begin(keys), cancel);
            else
                await Finish(left.Sequence, keys, cancel);
        }
        var (pruned, made, histories) = (clock.GetTimestamp(), clock.GetTimestamp(), cache.Histories);
        while (true)
        {
            var changed = cache.NextChange;
            var (now, before) = (cache.Now, last);
            if (now.IsKnown && (now.Sequence != last.Sequence || histories != cache.Histories))
            {
                histories = cache.Histories;
                if (!IsAnybodyWaiting && Interval - clock.GetElapsedTime(made) is { Ticks: > 0 } early)
                    await Task.Delay(early, clock, cancel);
                last = await Make(lease, last, cache.Now.Sequence, cancel);
                made = clock.GetTimestamp();
            }
            if (last == before)
                await Task.WhenAny(changed, Task.Delay(Interval, clock, cancel));
            cancel.ThrowIfCancellationRequested();
            if (clock.GetElapsedTime(pruned) > PruneInterval)
            {
                await store.Prune(cancel);
                pruned = clock.GetTimestamp();
            }
        }
    }

    // Makes and finishes one event; returns the last one.
    private async Task<EventPlace> Make(Lease lease, EventPlace last, long upTo, CancellationToken cancel)
    {
        IReadOnlyList<string> keys = [CacheKey.All];
        if (await store.Has(last, cancel))
        {
            // This node can be behind for a moment, while it follows a standby.
            if (upTo <= last.Sequence)
                return last;
            keys = await invalidation.Between(last.Sequence, upTo, cancel);
        }
        else
        {
            // The content has another history, as after a restore: the database has other events, and every answer is stale.
            purger.Begin(keys);
            last = await store.Last(cancel);
            if (upTo <= last.Sequence)
                return last;
        }
        if (await store.Add(lease, last.Sequence, upTo, keys, purged: !purger.IsOn, cancel) is not { } made)
            return await store.Last(cancel);
        await Finish(made.Sequence, keys, cancel);
        return made;
    }

    private async Task Finish(long sequence, IReadOnlyList<string> keys, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < Longest)
        {
            var pulse = signal.Next;
            var nodes = await store.Nodes(cancel);
            otherNodesListen = nodes.Listen;
            if (nodes.Reached is not { } reached || reached >= sequence)
                break;
            await Task.WhenAny(pulse, Task.Delay(IsAnybodyWaiting ? NodeInterval : Interval, clock, cancel));
        }
        // After the nodes: a cache would fill itself from one that is behind.
        var purge = purger.Begin(keys);
        if (Longest - clock.GetElapsedTime(begun) is { Ticks: > 0 } left)
            await Task.WhenAny(purge.Accepted, Task.Delay(left, clock, cancel));
        cancel.ThrowIfCancellationRequested();
        await store.Release(sequence, cancel);
        signal.Pulse();
        _ = StorePurged(sequence, purge, cancel);
    }

    // In the background. Where it fails, the next node that holds the lease purges again.
    private async Task StorePurged(long sequence, Purge purge, CancellationToken cancel)
    {
        try
        {
            if (!purger.IsOn)
                return;
            await purge.Done.WaitAsync(cancel);
            await store.Purged([sequence], cancel);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OperationCanceledException or InvalidOperationException)
        {
            log.LogDebug("That the purge of {Sequence} is done is not stored: {Reason}", sequence, e.Message);
        }
    }
}
