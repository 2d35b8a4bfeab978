namespace Api.Import.WordPress.Live;

/// <summary>Holds requests back: so many at a time, so far apart, and none while the site asks for a pause.</summary>
internal sealed class LivePace(int concurrency, TimeSpan delay, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(concurrency);
    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    /// <summary>Waits for a turn; <see cref="Leave"/> gives it back.</summary>
    public async Task Enter(CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        try
        {
            while (Turn() is { } wait)
                await Task.Delay(wait, clock, cancel);
        }
        catch
        {
            _slots.Release();
            throw;
        }
    }

    public void Leave() => _slots.Release();

    /// <summary>No request begins before this time is over.</summary>
    public void Pause(TimeSpan time)
    {
        lock (_lock)
            if (clock.GetUtcNow() + time is var until && until > _next)
                _next = until;
    }

    public void Dispose() => _slots.Dispose();

    // Null when it is now; a timer may be early, so the caller asks again.
    private TimeSpan? Turn()
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
