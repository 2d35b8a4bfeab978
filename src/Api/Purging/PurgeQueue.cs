using Api.Data;
using Api.Http.Tags;

namespace Api.Purging;

/// <summary>
/// The keys that wait to be purged at one cache, and the loop that sends them until the cache accepts them. Every purge is repeated:
/// an answer that left the API before a change can reach the cache after the purge, and would stay for its whole life.
/// </summary>
internal sealed class PurgeQueue(IPurgedCache cache, TimeProvider clock, ILogger log)
{
    /// <summary>More waiting keys than this are replaced by <see cref="CacheKey.All"/>.</summary>
    public const int MostWaiting = 1_000;

    /// <summary>
    /// The least time between the beginnings of two rounds: a key that comes alone is sent at once, and those that follow it wait together.
    /// </summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    /// <summary>From the acceptance of a purge to its repetition.</summary>
    public static readonly TimeSpan UntilRepetition = TimeSpan.FromSeconds(10);

    /// <summary>After failing for this long, <see cref="CacheKey.All"/> replaces the waiting keys.</summary>
    public static readonly TimeSpan LongestFailure = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    // Of a wait that the cache asks for.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly Backoff retries = new(FirstRetry, LongestRetry);

    // Not yet sent: the one that still takes keys, those that wait while others are sent, and repetitions.
    private readonly List<PurgeRound> waiting = [];
    private PurgeRound? open;
    private long? lastOpened;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool hasEnded;

    private List<PurgeRound> sent = [];
    private long? failingSince;

    /// <summary>Adds keys, which are sent within <see cref="Gathering"/>, unless others are being sent by then.</summary>
    /// <returns>The round they are part of.</returns>
    public PurgeRound Add(IReadOnlyList<string> keys)
    {
        lock (gate)
        {
            if (open is null)
            {
                var now = clock.GetTimestamp();
                lastOpened = lastOpened is { } last ? Math.Max(now, last + Ticks(Gathering)) : now;
                open = new PurgeRound(lastOpened.Value, new PurgeRound(0, null));
                waiting.Add(open);
                changed.TrySetResult();
            }
            var round = open;
            round.Add(keys);
            if (hasEnded)
                round.Cancel();
            return round;
        }
    }

    /// <summary>
    /// Sends what is due until it is cancelled. Then what still waits is sent once, repetitions too early rather than never, for three
    /// seconds at most, and its tasks are cancelled.
    /// </summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                sent = await TakeDue(cancel);
                await SendAll(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await End();
        }
    }

    private async Task SendAll(CancellationToken cancel)
    {
        var requests = Requests(Together(sent));
        while (requests.TryPeek(out var keys))
        {
            var reply = await cache.Purge(keys, cancel);
            if (reply.IsAccepted)
            {
                requests.Dequeue();
                Succeeded();
                continue;
            }
            await Task.Delay(Failed(reply), clock, cancel);
            if (MustDropAll(requests.SelectMany(request => request)))
            {
                sent.AddRange(Take());
                foreach (var round in sent)
                    round.AddAll();
                requests = Requests([CacheKey.All]);
            }
        }
        foreach (var round in sent)
            Complete(round);
        sent = [];
    }

    private void Succeeded()
    {
        if (failingSince is not null)
            log.LogInformation("{Cache} accepts purges again", cache.Name);
        failingSince = null;
        retries.Reset();
    }

    // How long to wait.
    private TimeSpan Failed(PurgeReply reply)
    {
        if (failingSince is null)
            log.LogWarning(
                "{Cache} does not accept purges; they are tried again, and until then readers may see old content: it {Problem}",
                cache.Name,
                reply.Problem
            );
        failingSince ??= clock.GetTimestamp();
        var wait = retries.Next();
        return reply.RetryAfter > wait ? (reply.RetryAfter.Value < LongestWait ? reply.RetryAfter.Value : LongestWait) : wait;
    }

    private bool MustDropAll(IEnumerable<string> left)
    {
        if (failingSince is { } since && clock.GetElapsedTime(since) >= LongestFailure)
            return true;
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var due = waiting.Where(round => round.Due <= now).SelectMany(round => round.Keys).ToList();
            return due.Contains(CacheKey.All) || left.Concat(due).Distinct(StringComparer.Ordinal).Skip(MostWaiting).Any();
        }
    }

    private void Complete(PurgeRound round)
    {
        round.Complete();
        if (round.Repetition is not { } again)
            return;
        lock (gate)
        {
            again.Add(round.Keys);
            again.Due = clock.GetTimestamp() + Ticks(UntilRepetition);
            waiting.Add(again);
            changed.TrySetResult();
        }
    }

    private async Task<List<PurgeRound>> TakeDue(CancellationToken cancel)
    {
        while (true)
        {
            if (Take() is { Count: > 0 } due)
                return due;
            var (news, wait) = Next();
            await news.WaitAsync(wait, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private List<PurgeRound> Take()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var due = waiting.FindAll(round => round.Due <= now);
            waiting.RemoveAll(due.Contains);
            if (open is not null && due.Contains(open))
                open = null;
            return due;
        }
    }

    // When to look again: the next round is due then, unless something changes before.
    private (Task News, TimeSpan Wait) Next()
    {
        lock (gate)
        {
            if (changed.Task.IsCompleted)
                changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (waiting.Count == 0)
                return (changed.Task, Timeout.InfiniteTimeSpan);
            var left = waiting.Min(round => round.Due) - clock.GetTimestamp();
            // Timers count whole milliseconds.
            return (
                changed.Task,
                TimeSpan.FromSeconds(Math.Max(0, left) / (double)clock.TimestampFrequency) + TimeSpan.FromMilliseconds(1)
            );
        }
    }

    private async Task End()
    {
        List<PurgeRound> left;
        lock (gate)
        {
            hasEnded = true;
            left = [.. sent, .. waiting];
            waiting.Clear();
        }
        using var limit = new CancellationTokenSource(LongestEnd, clock);
        try
        {
            foreach (var keys in Requests(Together(left)))
            {
                if (!(await cache.Purge(keys, limit.Token)).IsAccepted)
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
        foreach (var round in left)
            round.Cancel();
    }

    private static IReadOnlyCollection<string> Together(List<PurgeRound> rounds)
    {
        var all = new PurgeRound(0, null);
        foreach (var round in rounds)
            all.Add(round.Keys);
        return all.Keys;
    }

    private Queue<IReadOnlyList<string>> Requests(IEnumerable<string> keys) => new(cache.Limit.Split(keys));

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);
}
