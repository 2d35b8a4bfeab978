namespace Api.Http.Caching;

/// <summary>An answer that one request is making while equivalent requests wait for it.</summary>
/// <param name="begun">The known state of the content when the answer was begun.</param>
internal sealed class PendingAnswer(Moment begun)
{
    private readonly TaskCompletionSource<CachedAnswer?> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Moment Begun => begun;

    /// <summary>Waits for the answer; null when it cannot be shared. Rethrows the exception of the request that made it.</summary>
    public Task<CachedAnswer?> Answer(CancellationToken cancel) => completion.Task.WaitAsync(cancel);

    public void Complete(CachedAnswer? answer) => completion.TrySetResult(answer);

    public void Fail(Exception exception)
    {
        completion.TrySetException(exception);
        // Marks the exception as observed, as no request may be waiting.
        _ = completion.Task.Exception;
    }
}
