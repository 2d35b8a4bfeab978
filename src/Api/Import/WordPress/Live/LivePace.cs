namespace Api.Import.WordPress.Live;

/// <summary>Rate limit for requests: a maximum number at a time, a minimum distance, and none while the site asks for a pause.</summary>
internal sealed class LivePace(int concurrency, TimeSpan delay, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim slots = new(concurrency);
    private readonly Lock gate = new();
    private DateTimeOffset next;

    /// <summary>Waits until a request may start; <see cref="Leave"/> releases the slot.</summary>
    public async Task Enter(CancellationToken cancel)
    {
        await slots.WaitAsync(cancel);
        try
        {
            while (TimeToWait() is { } wait)
                await Task.Delay(wait, clock, cancel);
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    public void Leave() => slots.Release();

    /// <summary>Delays all requests until this time has passed.</summary>
    public void Pause(TimeSpan time)
    {
        lock (gate)
            if (clock.GetUtcNow() + time is var until && until > next)
                next = until;
    }

    public void Dispose() => slots.Dispose();

    // The time to wait; null when the request may start. A timer may be early, so the caller asks again.
    private TimeSpan? TimeToWait()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (next > now)
                return next - now;
            next = now + delay;
            return null;
        }
    }
}
