namespace Api.Tests.Purging;

/// <summary>A clock whose timers are due at once: it then shows the time for which they were set. For one waiter at a time.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private long milliseconds;

    /// <summary>The time since the beginning.</summary>
    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(GetTimestamp());

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Interlocked.Read(ref milliseconds);

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(HurriedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool isOver;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            var due = clock.GetTimestamp() + (long)Math.Ceiling(dueTime.TotalMilliseconds);
            ThreadPool.QueueUserWorkItem(_ =>
            {
                if (isOver)
                    return;
                Interlocked.Exchange(ref clock.milliseconds, Math.Max(due, clock.GetTimestamp()));
                callback(state);
            });
            return true;
        }

        public void Dispose() => isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
