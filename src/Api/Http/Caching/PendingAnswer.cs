namespace Api.Http.Caching;

/// <summary>An answer that one request is making, and that other requests for the same wait for.</summary>
/// <param name="begun">What was known of the content when it was begun.</param>
internal sealed class PendingAnswer(Moment begun)
{
    private readonly TaskCompletionSource<CachedAnswer?> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Moment Begun => begun;

    /// <summary>The answer; null when it cannot be shared. Throws what making it threw.</summary>
    public Task<CachedAnswer?> Answer(CancellationToken cancel) => completion.Task.WaitAsync(cancel);

    public void Complete(CachedAnswer? answer) => completion.TrySetResult(answer);

    public void Fail(Exception exception)
    {
        completion.TrySetException(exception);
        // Read, so that it is not reported as unobserved when no request waits.
        _ = completion.Task.Exception;
    }
}
