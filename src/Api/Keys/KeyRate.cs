using System.Threading.RateLimiting;

namespace Api.Keys;

/// <summary>Counts the requests of a key on this node, in windows of a minute.</summary>
internal sealed class KeyRate
{
    /// <summary>The length of a window, in seconds.</summary>
    public const int Window = 60;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(Window);

    private readonly Lock gate = new();
    private readonly FixedWindowRateLimiter limiter;
    private readonly TimeProvider clock;
    private readonly int most;
    private long begun;

    public KeyRate(int most, TimeProvider clock)
    {
        (this.most, this.clock) = (most, clock);
        limiter = New();
        begun = clock.GetTimestamp();
    }

    /// <summary>Takes a request.</summary>
    public TakenRate Take()
    {
        lock (gate)
        {
            if (clock.GetElapsedTime(begun) >= Length && limiter.TryReplenish() && limiter.GetStatistics()!.CurrentAvailablePermits == most)
                begun = clock.GetTimestamp();
            using var lease = limiter.AttemptAcquire();
            var left = Length - clock.GetElapsedTime(begun);
            return new TakenRate(
                lease.IsAcquired,
                most,
                (int)limiter.GetStatistics()!.CurrentAvailablePermits,
                (int)Math.Clamp(Math.Ceiling(left.TotalSeconds), 1, Window)
            );
        }
    }

    private FixedWindowRateLimiter New() =>
        new(
            new FixedWindowRateLimiterOptions
            {
                PermitLimit = most,
                Window = Length,
                QueueLimit = 0,
                AutoReplenishment = false,
            }
        );
}

/// <summary>What a request found.</summary>
/// <param name="IsTaken">Whether it may be answered.</param>
/// <param name="Most">The most requests in a window.</param>
/// <param name="Left">The requests left in this window.</param>
/// <param name="Seconds">Until the next window: 1 to 60.</param>
internal readonly record struct TakenRate(bool IsTaken, int Most, int Left, int Seconds);
