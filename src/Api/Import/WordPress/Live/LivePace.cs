namespace Api.Import.WordPress.Live;

/// <summary>Rate limit for requests: a maximum number at a time, a minimum distance, and none while the site asks for a pause.</summary>
internal sealed class LivePace(int concurrency, TimeSpan delay, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(concurrency);
    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    /// <summary>Waits until a request may start; <see cref="Leave"/> releases the slot.</summary>
    public async Task Enter(CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        try
        {
            while (TimeToWait() is { } wait)
                await Task.Delay(wait, clock, cancel);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    public void Leave() => _slots.Release();

    /// <summary>Delays all requests until this time has passed.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_lock)
            if (clock.GetUtcNow() + time is var until && until > _next)
                _next = until;
    }

    public void Dispose() => _slots.Dispose();

    // The time to wait; null when the request may start. A timer may be early, so the caller asks again.
    private TimeSpan? TimeToWait()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_next > now)
                return _next - now;
            _next = now + delay;
            return null;
        }
    }
}
