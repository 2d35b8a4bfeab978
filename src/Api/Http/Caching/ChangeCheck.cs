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

    /// <summary>Waits until somebody asks for a check, at most <paramref name="pause"/>. A check has to follow.</summary>
    public async Task Wait(TimeSpan pause, CancellationToken cancel)
    {
        await Task.WhenAny(wanted.Task, Task.Delay(pause, cancel));
        wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Runs a check, and passes its result to all who asked before it began.</summary>
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

    /// <summary>Answers everybody who waits, now and later: there will be no further check.</summary>
    public void End() => next.TrySetResult(false);

    private static TaskCompletionSource<bool> Unfinished() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
