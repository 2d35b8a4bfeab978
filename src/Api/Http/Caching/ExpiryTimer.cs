namespace Api.Http.Caching;

/// <summary>
/// Drops answers at the moments at which items in them expire, with the node's own timer: whether the database can be asked then or not. What is asked for anew is
/// right by itself, as the views hide what has expired; counts and names follow when the publisher has seen it, within a second.
/// </summary>
internal sealed class ExpiryTimer(AnswerCache cache, TimeProvider clock)
{
    // How long a moment may stay unknown to the timer that was heard of while it slept.
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private List<(long Due, Change Change)> moments = [];
    private bool areAll = true;

    /// <summary>What is to expire, the soonest first.</summary>
    /// <param name="known">In how long, and what.</param>
    /// <param name="all">Whether nothing else is; else everything is dropped when these are through.</param>
    public void Set(IEnumerable<(TimeSpan In, Change Change)> known, bool all)
    {
        var now = clock.GetTimestamp();
        lock (gate)
        {
            moments = [.. known.Select(one => (now + (long)(one.In.TotalSeconds * clock.TimestampFrequency), one.Change))];
            areAll = all;
        }
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await Task.Delay(UntilNext(), clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Expire();
        }
    }

    private TimeSpan UntilNext()
    {
        lock (gate)
        {
            if (moments is not [var next, ..]) return Nap;
            var left = clock.GetElapsedTime(clock.GetTimestamp(), next.Due);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left < Nap ? left + TimeSpan.FromMilliseconds(1) : Nap;
        }
    }

    private void Expire()
    {
        List<Change>? due;
        lock (gate)
        {
            var now = clock.GetTimestamp();
            due = [.. moments.TakeWhile(moment => moment.Due <= now).Select(moment => moment.Change)];
            if (due.Count == 0) return;
            moments.RemoveRange(0, due.Count);
            if (moments.Count == 0 && !areAll) due = null;
        }
        cache.Expire(due);
    }
}
