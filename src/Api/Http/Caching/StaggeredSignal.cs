using System.Threading.Tasks.Sources;

namespace Api.Http.Caching;

/// <summary>
/// Wakes many who wait, a few at a time with rests in between: ten thousand at once would fill the queue of the thread pool, and every
/// other request would wait behind them. To wait costs neither a timer nor memory.
/// </summary>
internal sealed class StaggeredSignal(TimeProvider clock)
{
    // Measured on two cores: 1,000 are awake within 40 ms and 10,000 within 0.7 s, and other requests wait 1.7 times as long then (p99).
    private const int AtOnce = 16;
    private const int AtOnceOfFew = 32;
    private const int Few = 2_000;

    // Timers of .NET take up to three times as long, so a thread sleeps.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    private readonly HashSet<Place> places = [];
    private readonly List<Place> waking = [];

    /// <summary>Takes part until the result is disposed of.</summary>
    public Place Join() => new(this);

    /// <summary>
    /// Wakes all who take part. It completes when the last one is awake, not when all have done what they woke for. Never call it
    /// while another call of it or of <see cref="WakeDue"/> has not completed.
    /// </summary>
    public Task Wake(CancellationToken cancel) => Wake(long.MaxValue, cancel);

    /// <summary>Likewise, but only those whose wait is due.</summary>
    public Task WakeDue(CancellationToken cancel) => Wake(clock.GetTimestamp(), cancel);

    private Task Wake(long due, CancellationToken cancel)
    {
        int atOnce;
        lock (places)
        {
            atOnce = places.Count > Few ? AtOnce : AtOnceOfFew;
            foreach (var place in places)
            {
                if (place.Due <= due)
                    waking.Add(place);
            }
        }
        try
        {
            if (waking.Count > AtOnceOfFew)
                return Task.Factory.StartNew(() => WakeInTurn(atOnce, cancel), TaskCreationOptions.LongRunning);
        }
        catch (TaskSchedulerException)
        {
            // The system has no thread to give: all at once, rather than none.
        }
        waking.ForEach(place => place.Wake());
        waking.Clear();
        return Task.CompletedTask;
    }

    private void WakeInTurn(int atOnce, CancellationToken cancel)
    {
        foreach (var some in waking.Chunk(atOnce))
        {
            if (cancel.IsCancellationRequested)
                break;
            Array.ForEach(some, place => place.Wake());
            Thread.Sleep(Rest);
        }
        waking.Clear();
    }

    /// <summary>One who waits, for one thing at a time.</summary>
    internal sealed class Place : IValueTaskSource, IDisposable
    {
        private const int Idle = 0;
        private const int Waiting = 1;
        private const int Woken = 2;

        private readonly StaggeredSignal signal;
        private ManualResetValueTaskSourceCore<bool> wait = new() { RunContinuationsAsynchronously = true };
        private int state;
        private long due = long.MaxValue;

        public Place(StaggeredSignal signal)
        {
            this.signal = signal;
            lock (signal.places)
                signal.places.Add(this);
        }

        /// <summary>When the wait is due, as a timestamp of the clock.</summary>
        public long Due => Volatile.Read(ref due);

        /// <summary>Completes when it is woken, at once when that has happened since the last wait. The last wait must be over.</summary>
        /// <param name="until">From when <see cref="WakeDue"/> wakes it, as a timestamp of the clock.</param>
        public ValueTask Wait(long until = long.MaxValue)
        {
            Volatile.Write(ref due, until);
            wait.Reset();
            if (Interlocked.CompareExchange(ref state, Waiting, Idle) == Idle)
                return new ValueTask(this, wait.Version);
            Volatile.Write(ref state, Idle);
            return ValueTask.CompletedTask;
        }

        /// <summary>Wakes this one. For any thread.</summary>
        public void Wake()
        {
            while (true)
            {
                switch (Volatile.Read(ref state))
                {
                    case Waiting when Interlocked.CompareExchange(ref state, Idle, Waiting) == Waiting:
                        wait.SetResult(true);
                        return;
                    case Idle when Interlocked.CompareExchange(ref state, Woken, Idle) == Idle:
                    case Woken:
                        return;
                }
            }
        }

        public void Dispose()
        {
            lock (signal.places)
                signal.places.Remove(this);
        }

        void IValueTaskSource.GetResult(short token) => wait.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => wait.GetStatus(token);

        void IValueTaskSource.OnCompleted(
            Action<object?> continuation,
            object? state,
            short token,
            ValueTaskSourceOnCompletedFlags flags
        ) => wait.OnCompleted(continuation, state, token, flags);
    }
}
