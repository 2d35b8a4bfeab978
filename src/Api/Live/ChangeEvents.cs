using System.Collections.Concurrent;
using Api.Data;
using Api.Data.Delivery;
using Api.Http.Caching;
using Api.Http.Site;
using Dapper;

namespace Api.Live;

/// <summary>
/// The change events for receivers on this node. Follows the newest one while anybody waits, and makes what a receiver is told from its
/// position: nothing is kept for a single receiver.
/// </summary>
internal sealed class ChangeEvents(
    ContentDatabase content,
    EventRangeReader ranges,
    LiveSignal signal,
    Shedding shedding,
    SiteSettings site,
    TimeProvider clock,
    ILogger<ChangeEvents> log
) : BackgroundService
{
    private const int MostRanges = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string NewestSql =
        "select e.sequence, e.at from content.change_events e where e.released_at is not null order by e.sequence desc limit 1";

    private const string AtSql = """
        select e.sequence, e.at
        from   content.change_events e
        where  e.released_at is not null and e.at <= @instant
        order  by e.sequence desc
        limit  1
        """;

    private const string PlaceSql =
        "select e.sequence, e.at from content.change_events e where e.released_at is not null and e.sequence = @sequence";

    // Paths of web pages need no address of this API.
    private readonly Links links = new(site, "");

    private readonly Lock gate = new();
    private int watching;
    private TaskCompletionSource wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StaggeredSignal news = new(clock);

    // Null while nobody waits, and the database has to be asked.
    private volatile Latest? followed;

    /// <summary>The position of the newest event; null before there is one.</summary>
    /// <remarks>Escapes: the exceptions of Npgsql.</remarks>
    public async Task<ChangeToken?> Newest(CancellationToken cancel) => (await Find(cancel))?.Place.Token;

    /// <summary>The position of the newest event at an instant; null when no event as old is stored.</summary>
    /// <param name="instant">The instant (UTC).</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<ChangeToken?> TokenAt(DateTime instant, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return (
            await connection.QueryFirstOrDefaultAsync<EventPlace>(new CommandDefinition(AtSql, new { instant }, cancellationToken: cancel))
        )?.Token;
    }

    /// <summary>What a receiver at a position gets next: one event up to the newest.</summary>
    /// <remarks>
    /// Escapes: the exceptions of Npgsql, <see cref="TimeoutException"/> and <see cref="Api.Http.Errors.OverloadedException"/>, after any
    /// of which it can be called again.
    /// </remarks>
    public ValueTask<EventStep> After(ChangeToken since, EventScope scope, CancellationToken cancel)
    {
        if (followed is not { } latest)
            return new(Find(since, scope, cancel));
        if (latest.Token == since)
            return new(new EventStep(since, null, false));
        // Thousands of receivers take what the first of them has read.
        return
            latest.Ranges.TryGetValue(since, out var reading)
            && reading is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: var range } }
            ? new(Step(latest, range, since, scope))
            : new(Find(since, scope, cancel));
    }

    private async Task<EventStep> Find(ChangeToken since, EventScope scope, CancellationToken cancel)
    {
        if (await Find(cancel) is not { } latest || latest.Token == since)
            return new EventStep(since, null, false);
        return Step(latest, await Range(latest, since, cancel), since, scope);
    }

    private EventStep Step(Latest latest, EventRange? range, ChangeToken since, EventScope scope)
    {
        if (range is null)
            return new EventStep(latest.Token, null, true);
        return latest.Place.Sequence < since.Sequence ? new EventStep(since, null, false) : range.Tell(scope, links);
    }

    /// <summary>
    /// What a receiver is told once more that has not acknowledged an event: the same changes, with the items as they are now. When that
    /// is not possible any more, what <see cref="After"/> returns.
    /// </summary>
    /// <param name="since">The position before the event.</param>
    /// <param name="upTo">The position after it.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <remarks>Escapes: the same as of <see cref="After"/>.</remarks>
    public async Task<EventStep> Again(ChangeToken since, ChangeToken upTo, EventScope scope, CancellationToken cancel) =>
        await PlaceOf(upTo, cancel) is { } place && await Range(new Latest(place), since, cancel) is { } range
            ? range.Tell(scope, links)
            : await After(since, scope, cancel);

    /// <summary>Waits until there is an event after a position, at most for <paramref name="most"/>.</summary>
    public async Task Wait(ChangeToken known, TimeSpan most, CancellationToken cancel)
    {
        using var watch = Watch();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var end = Task.Delay(most, clock, limited.Token);
        while (true)
        {
            if (end.IsCompleted || followed is { } latest && latest.Place.Sequence > known.Sequence)
                break;
            await Task.WhenAny(watch.Wait().AsTask(), end);
        }
        await limited.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Whether anybody on this node waits for events.</summary>
    public bool IsWatched => Volatile.Read(ref watching) > 0;

    /// <summary>Has this node follow the newest event until the result is disposed of.</summary>
    public Watching Watch()
    {
        lock (gate)
        {
            if (++watching == 1)
                wanted.TrySetResult();
        }
        return new Watching(this);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var isFailing = false; !stoppingToken.IsCancellationRequested; )
        {
            if (await Idle(stoppingToken))
                continue;
            var pulse = signal.Next;
            var isNew = false;
            try
            {
                if (await Read(stoppingToken) is { } place && followed?.Place != place)
                {
                    followed = new Latest(place);
                    isNew = true;
                }
                isFailing = false;
            }
            catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException or OperationCanceledException)
            {
                // One log line per outage.
                if (!isFailing && !stoppingToken.IsCancellationRequested)
                    log.LogWarning("Change events are held up: {Reason}", e.Message);
                isFailing = true;
                pulse = Task.Delay(Interval, clock, stoppingToken);
            }
            await (isNew ? news.Wake(stoppingToken) : news.WakeDue(stoppingToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await pulse.WaitAsync(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Waits for somebody who waits; whether it had to.
    private async Task<bool> Idle(CancellationToken cancel)
    {
        Task until;
        lock (gate)
        {
            if (watching > 0)
                return false;
            followed = null;
            wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            until = wanted.Task;
        }
        await until.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private void Unwatch()
    {
        lock (gate)
            watching--;
    }

    private async Task<Latest?> Find(CancellationToken cancel) => followed ?? (await Read(cancel) is { } place ? new Latest(place) : null);

    private async Task<EventPlace?> Read(CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await connection.QueryFirstOrDefaultAsync<EventPlace>(
            new CommandDefinition(NewestSql, commandTimeout: 5, cancellationToken: cancel)
        );
    }

    private async Task<EventPlace?> PlaceOf(ChangeToken token, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        var place = await connection.QueryFirstOrDefaultAsync<EventPlace>(
            new CommandDefinition(PlaceSql, new { sequence = token.Sequence }, commandTimeout: 5, cancellationToken: cancel)
        );
        return place?.Token == token ? place : null;
    }

    // Receivers at the same position share one reading, which no single one of them cancels.
    private async Task<EventRange?> Range(Latest latest, ChangeToken since, CancellationToken cancel)
    {
        if (latest.Ranges.Count >= MostRanges && !latest.Ranges.ContainsKey(since))
            return await Read(latest, since);
        var reading = latest.Ranges.GetOrAdd(since, _ => new Lazy<Task<EventRange?>>(() => Read(latest, since)));
        try
        {
            return await reading.Value.WaitAsync(cancel);
        }
        catch (Exception) when (reading.Value.IsFaulted)
        {
            latest.Ranges.TryRemove(new(since, reading));
            throw;
        }
    }

    private async Task<EventRange?> Read(Latest latest, ChangeToken since)
    {
        // Not the server that the request of the first receiver chose, perhaps an hour ago.
        DeliverySession.Begin();
        using var permit = await shedding.Enter(CancellationToken.None);
        return await ranges.Read(since, latest.Place, CancellationToken.None);
    }

    private sealed record Latest(EventPlace Place)
    {
        public ChangeToken Token { get; } = Place.Token;

        public ConcurrentDictionary<ChangeToken, Lazy<Task<EventRange?>>> Ranges { get; } = new();
    }

    /// <summary>Somebody who waits for events on this node.</summary>
    internal sealed class Watching(ChangeEvents events) : IDisposable
    {
        private readonly StaggeredSignal.Place place = events.news.Join();
        private ChangeEvents? open = events;

        /// <summary>
        /// Completes at the next event, at once when that has happened since the last wait. For one wait at a time.
        /// </summary>
        /// <param name="until">A timestamp of the clock, a second or two after which it completes without an event.</param>
        public ValueTask Wait(long until = long.MaxValue) => place.Wait(until);

        /// <summary>Ends the wait.</summary>
        public void Wake() => place.Wake();

        public void Dispose()
        {
            place.Dispose();
            Interlocked.Exchange(ref open, null)?.Unwatch();
        }
    }
}
