using Api.Http.Errors;

namespace Api.Http.Caching;

/// <summary>Holds requests until the content changes. Waiting requests do not count against the load limits.</summary>
internal sealed class LongPoll(AnswerCache cache, Listeners listeners, TimeProvider clock, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private readonly StaggeredSignal signal = new(clock);

    /// <summary>
    /// Waits until the content is later than sequence <paramref name="known"/>, for <paramref name="most"/> at most. Returns at once when
    /// this process does not follow the changes.
    /// </summary>
    /// <param name="known">The sequence that the client knows.</param>
    /// <param name="most">The longest wait.</param>
    /// <param name="http">The request.</param>
    /// <exception cref="OverloadedException">Too many requests are already waiting.</exception>
    /// <exception cref="RateLimitedException">Too many requests of the same client are already waiting.</exception>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public async Task Until(long known, TimeSpan most, HttpContext http)
    {
        var cancel = http.RequestAborted;
        using (listeners.Enter(http.Connection.RemoteIpAddress))
        {
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
            using var place = signal.Join();
            var timeout = Task.Delay(most, clock, limited.Token);
            while (true)
            {
                if (!cache.Now.IsKnown || cache.Now.Sequence > known || timeout.IsCompleted)
                    break;
                await Task.WhenAny(place.Wait().AsTask(), timeout);
            }
            await limited.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = cache.NextChange;
            await signal.Wake(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
