using Api.Data;
using Api.Http.Caching;
using Npgsql;

namespace Api;

/// <summary>Keeps the cache current: listens for changes, asks for them as well, as an announcement may be lost, and takes out what expires at its moment.</summary>
internal sealed class CacheKeeper : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);

    private readonly ChangeFeed feed;
    private readonly DeliveryDatabase delivery;
    private readonly AnswerCache cache;
    private readonly TimeProvider clock;
    private readonly ILogger<CacheKeeper> log;
    private readonly TimeSpan interval;
    // Not disposed: the host does not wait for a look that is under way when it is, and they hold nothing.
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim rung = new(0, 1);

    private readonly ExpiryTimer expiries;
    private long expiriesAsOf = Moment.Unknown.Sequence;
    private bool isAway;
    private long looked;

    public CacheKeeper(ChangeFeed feed, DeliveryDatabase delivery, AnswerCache cache, CacheSettings settings, TimeProvider clock, ILogger<CacheKeeper> log)
    {
        (this.feed, this.delivery, this.cache, this.clock, this.log) = (feed, delivery, cache, clock, log);
        // Several times within the interval after which nothing would be served any more.
        interval = TimeSpan.FromMilliseconds(Math.Clamp(settings.Safety.TotalMilliseconds / 4, 50, 1_000));
        expiries = new ExpiryTimer(cache, clock);
        cache.LookAgain = Look;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var besides = Task.WhenAll(Listen(stoppingToken), expiries.Run(stoppingToken));
        while (!stoppingToken.IsCancellationRequested)
        {
            var isThere = await Look(stoppingToken);
            Task waiting = rung.WaitAsync(isThere ? interval : Soon, stoppingToken);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await besides;
    }

    private async Task<bool> Look(CancellationToken cancel)
    {
        var asked = clock.GetTimestamp();
        await turn.WaitAsync(cancel);
        try
        {
            // Many may ask at once; who waited while somebody else began to look has been looked for.
            if (looked > asked) return true;
            var known = cache.Now;
            var begun = clock.GetTimestamp();
            var (head, changes) = await Ask(known.Sequence, cancel);
            if (changes is not [] || head.Sequence != known.Sequence)
                cache.Apply(changes?.Select(row => new Change(row.Resource, row.ItemId, row.Keys)).ToList(), head.Sequence, head.ChangedAt);
            if (head.Sequence != expiriesAsOf)
            {
                await ReadExpiries(cancel);
                expiriesAsOf = head.Sequence;
            }
            cache.Verify(begun);
            looked = begun;
            if (isAway) log.LogInformation("The database is back");
            isAway = false;
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            cache.Lose();
            // One line for the whole outage.
            if (!isAway) log.LogWarning("The database does not answer; what is in memory is served on: {Reason}", e.Message);
            isAway = true;
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    // A connection may have died unnoticed while the database is well: only a second failure counts.
    private async Task<(ChangeFeed.Head Head, IReadOnlyList<ChangeFeed.ChangeRow>? Changes)> Ask(long since, CancellationToken cancel)
    {
        try
        {
            return await feed.Since(since, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException && !isAway)
        {
            feed.Reconnect();
            delivery.Reconnect();
            return await feed.Since(since, cancel);
        }
    }

    private async Task Listen(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await feed.Listen(Ring, cancel);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
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

    private void Ring()
    {
        try
        {
            rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It rings already.
        }
    }

    private async Task ReadExpiries(CancellationToken cancel)
    {
        var rows = await feed.Expiries(cancel);
        // Measured from the answer: rather some milliseconds late than so early that what is asked for anew still has the item.
        expiries.Set(rows.Select(row => (TimeSpan.FromSeconds(row.Seconds), new Change(row.Resource, row.ItemId, row.Keys))), rows.Count < ChangeFeed.MostExpiries);
    }
}
