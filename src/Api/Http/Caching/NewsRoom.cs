namespace Api.Http.Caching;

/// <summary>Where requests wait for the content to change; they hold no place among those that are answered.</summary>
internal sealed class NewsRoom(AnswerCache cache, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int MostWaiting = 2_000;

    private int waiting;

    /// <summary>Waits until the content has gone beyond <paramref name="known"/>, for <paramref name="most"/> at most. Not at all when nobody follows the changes.</summary>
    /// <exception cref="OverloadedException">The room is full.</exception>
    /// <exception cref="OperationCanceledException">Who was waiting has left.</exception>
    public async Task Until(long known, TimeSpan most, CancellationToken cancel)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting) throw new OverloadedException();
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
            var over = Task.Delay(most, clock, limited.Token);
            while (true)
            {
                var news = cache.News;
                if (!cache.Now.IsKnown || cache.Now.Sequence > known || over.IsCompleted) break;
                await Task.WhenAny(news, over);
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
