namespace Api.Http.Caching;

/// <summary>An answer that is being made, which others who ask for the same wait for.</summary>
/// <param name="begun">What was known when it began.</param>
internal sealed class Flight(Moment begun)
{
    private readonly TaskCompletionSource<CachedAnswer?> landed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Moment Begun => begun;

    /// <summary>The answer; null when it cannot be shared. Throws what making it threw.</summary>
    public Task<CachedAnswer?> Landed(CancellationToken cancel) => landed.Task.WaitAsync(cancel);

    public void Land(CachedAnswer? answer) => landed.TrySetResult(answer);

    public void Fail(Exception exception)
    {
        landed.TrySetException(exception);
        // Perhaps nobody waits for it.
        _ = landed.Task.Exception;
    }
}
