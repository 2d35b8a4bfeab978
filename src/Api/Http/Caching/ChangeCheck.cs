namespace Api.Http.Caching;

/// <summary>
/// Lets a request have the node check for changes at once, rather than at the next interval. The code that follows the changes runs the
/// checks, one at a time; requests only ask for them and wait.
/// </summary>
internal sealed class ChangeCheck
{
    private volatile TaskCompletionSource wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<bool> next = Unfinished();

    /// <summary>Asks for a check, and waits for the end of one that began after the call.</summary>
    /// <returns>Whether the primary answered; false when the node is stopping.</returns>
    public Task<bool> Run(CancellationToken cancel)
    {
        var ended = Volatile.Read(ref next).Task;
        Ask();
        return ended.WaitAsync(cancel);
    }

    /// <summary>Asks for a check without waiting.</summary>
    public void Ask() => wanted.TrySetResult();

    /// <summary>Waits until a check is asked for, at most <paramref name="pause"/>. A check has to follow.</summary>
    /// <returns>Whether one was asked for.</returns>
    public async Task<bool> Wait(TimeSpan pause, CancellationToken cancel)
    {
        var asked = wanted.Task;
        await asked.WaitAsync(pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return asked.IsCompleted;
    }

    /// <summary>Runs a check, and passes its result to the calls that came before it began.</summary>
    public async Task<bool> Answer(Func<Task<bool>> check)
    {
        var asked = Interlocked.Exchange(ref next, Unfinished());
        var answered = false;
        try
        {
            return answered = await check();
        }
        finally
        {
            asked.SetResult(answered);
        }
    }

    /// <summary>Completes all calls, present and future, with false: there will be no further check.</summary>
    public void End() => Volatile.Read(ref next).TrySetResult(false);

    private static TaskCompletionSource<bool> Unfinished() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
