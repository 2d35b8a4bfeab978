namespace Api.Live;

/// <summary>
/// Wakes what waits for nodes and change events, in this process. A pulse can be missed, as a notification of the database can be lost: who
/// waits asks again after a while.
/// </summary>
internal sealed class LiveSignal
{
    /// <summary>The channel of the database's notifications.</summary>
    public const string Channel = "content_live";

    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next pulse. Take it before looking, or a pulse in between is missed.</summary>
    public Task Next => next.Task;

    /// <summary>Wakes all who wait.</summary>
    public void Pulse() =>
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
