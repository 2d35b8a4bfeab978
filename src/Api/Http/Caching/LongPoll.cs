using Api.Http.Errors;

namespace Api.Http.Caching;

/// <summary>Holds requests until the content changes. Waiting requests do not count against the load limits.</summary>
internal sealed class LongPoll(AnswerCache cache, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int MostWaiting = 2_000;

    private int waiting;

    /// <summary>
    /// Waits until the content is later than sequence <paramref name="known"/>, for <paramref name="most"/> at most. Returns at once when
    /// this process does not follow the changes.
    /// </summary>
    /// <exception cref="OverloadedException">Too many requests are already waiting.</exception>
    /// <exception cref="OperationCanceledException">The client disconnected.</exception>
    public async Task Until(long known, TimeSpan most, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
                throw new OverloadedException();
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
            var timeout = Task.Delay(most, clock, limited.Token);
            while (true)
            {
                var changed = cache.NextChange;
                if (!cache.Now.IsKnown || cache.Now.Sequence > known || timeout.IsCompleted)
                    break;
                await Task.WhenAny(changed, timeout);
            }
            await limited.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
