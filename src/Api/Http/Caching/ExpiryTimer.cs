namespace Api.Http.Caching;

/// <summary>
/// Drops answers when items in them expire, by the node's own clock, so that expiry works while the database is unavailable. Look-ups call
/// <see cref="Check"/> first, as timers fire late on a busy machine. New answers are correct in any case, because the views hide expired
/// items; counts and names follow within a second, when the publisher has processed the expiry.
/// </summary>
internal sealed class ExpiryTimer(AnswerCache cache, TimeProvider clock)
{
    // The longest delay after which the timer notices an expiry that was set while it slept.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();

    // A null change drops all answers.
    private List<(long Due, Change? Change)> moments = [];
    private long next = long.MaxValue;

    /// <summary>Sets the coming expiries, as the database has just returned them.</summary>
    /// <param name="known">The time until each expiry, and what expires, in order of time.</param>
    /// <param name="all">Whether these are all expiries. If not, everything is dropped at the last of them.</param>
    /// <param name="asked">When the query was sent, as a timestamp of the clock. The times count from a moment between that and
    /// now.</param>
    /// <remarks>
    /// The answers of each expiry are dropped twice: at the earliest possible time, so that none is served past its expiry however long the
    /// query took; and at the latest possible time, as an answer made in between may still have the item.
    /// </remarks>
    public void Set(IReadOnlyList<(TimeSpan In, Change Change)> known, bool all, long asked)
    {
        var answered = clock.GetTimestamp();
        lock (gate)
        {
            var due = known.Select(one => (one.In, Change: (Change?)one.Change));
            if (!all && known is [.., var last])
                due = due.Append((last.In, null));
            moments =
            [
                .. due.SelectMany(one => new[] { (Due: After(asked, one.In), one.Change), (Due: After(answered, one.In), one.Change) })
                    .OrderBy(moment => moment.Due),
            ];
            Volatile.Write(ref next, Soonest);
        }
    }

    /// <summary>Drops the answers whose expiry is due. Cheap when none is.</summary>
    public void Check()
    {
        if (clock.GetTimestamp() >= Volatile.Read(ref next))
            Expire();
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

    // Clamped, as timestamps do not reach distant expiries, such as the year 9999.
    private long After(long moment, TimeSpan time) =>
        moment + (long)Math.Min(time.TotalSeconds * clock.TimestampFrequency, long.MaxValue / 2);

    private long Soonest => moments is [var first, ..] ? first.Due : long.MaxValue;

    private TimeSpan UntilNext()
    {
        var left = (Volatile.Read(ref next) - clock.GetTimestamp()) / (double)clock.TimestampFrequency;
        return left > LongestSleep.TotalSeconds ? LongestSleep : TimeSpan.FromSeconds(Math.Max(0, left)) + TimeSpan.FromMilliseconds(1);
    }

    private void Expire()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var due = moments.TakeWhile(moment => moment.Due <= now).Select(moment => moment.Change).ToList();
            if (due.Count == 0)
                return;
            moments.RemoveRange(0, due.Count);
            // Before next is set: other threads must not conclude that nothing is due.
            cache.Expire(due.Contains(null) ? null : [.. due.OfType<Change>()]);
            Volatile.Write(ref next, Soonest);
        }
    }
}
