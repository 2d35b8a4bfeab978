namespace Api.Http.Caching;

/// <summary>
/// Drops answers at the moments at which items in them expire, by the node's own clock: whether the database can be asked then or not. Who looks for an answer checks
/// first, as a busy machine wakes a timer late. What is asked for anew is right by itself, as the views hide what has expired; counts and names follow when the publisher has seen it, within a second.
/// </summary>
internal sealed class ExpiryTimer(AnswerCache cache, TimeProvider clock)
{
    // How long a moment may stay unknown to the timer that was heard of while it slept.
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    // No change stands for everything.
    private List<(long Due, Change? Change)> moments = [];
    private long next = long.MaxValue;

    /// <summary>What is to expire, as the database has just said.</summary>
    /// <param name="known">In how long, and what; the last at the end.</param>
    /// <param name="all">Whether nothing else is; else everything is dropped when the last of these is.</param>
    /// <param name="asked">When the database was asked, a timestamp of the clock: "in how long" counts from a moment between that and now.</param>
    /// <remarks>
    /// Each is dropped twice: first when it may be over, so that nothing is served past its expiry, however long the answer took; and again when it must be over, as what was
    /// asked for anew in between may still have the item.
    /// </remarks>
    public void Set(IReadOnlyList<(TimeSpan In, Change Change)> known, bool all, long asked)
    {
        var answered = clock.GetTimestamp();
        lock (gate)
        {
            var due = known.Select(one => (one.In, Change: (Change?)one.Change));
            if (!all && known is [.., var last]) due = due.Append((last.In, null));
            moments = [.. due.SelectMany(one => new[] { (Due: After(asked, one.In), one.Change), (Due: After(answered, one.In), one.Change) }).OrderBy(moment => moment.Due)];
            Volatile.Write(ref next, Soonest);
        }
    }

    /// <summary>Drops what is due. Costs next to nothing when nothing is.</summary>
    public void Check()
    {
        if (clock.GetTimestamp() >= Volatile.Read(ref next)) Expire();
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await Task.Delay(UntilNext(), clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Check();
        }
    }

    // What is further away than timestamps reach, such as the year 9999, is still to come.
    private long After(long moment, TimeSpan time) => moment + (long)Math.Min(time.TotalSeconds * clock.TimestampFrequency, long.MaxValue / 2);

    private long Soonest => moments is [var first, ..] ? first.Due : long.MaxValue;

    private TimeSpan UntilNext()
    {
        var left = (Volatile.Read(ref next) - clock.GetTimestamp()) / (double)clock.TimestampFrequency;
        return left > Nap.TotalSeconds ? Nap : TimeSpan.FromSeconds(Math.Max(0, left)) + TimeSpan.FromMilliseconds(1);
    }

    private void Expire()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var due = moments.TakeWhile(moment => moment.Due <= now).Select(moment => moment.Change).ToList();
            if (due.Count == 0) return;
            moments.RemoveRange(0, due.Count);
            // Before anybody else may think that nothing is due any more.
            cache.Expire(due.Contains(null) ? null : [.. due.OfType<Change>()]);
            Volatile.Write(ref next, Soonest);
        }
    }
}
