namespace Api.Data;

/// <summary>How long ago work that repeats was last seen to be done.</summary>
internal sealed class Punctuality(TimeProvider clock)
{
    private long done = clock.GetTimestamp();

    /// <summary>Since the last time, or since the start.</summary>
    public TimeSpan Lateness => clock.GetElapsedTime(Interlocked.Read(ref done));

    /// <summary>Nothing is left to do, or some of it has just been done.</summary>
    public void Done() => Interlocked.Exchange(ref done, clock.GetTimestamp());
}
