namespace Api.Data;

/// <summary>Measures how long ago recurring work was last up to date.</summary>
internal sealed class Punctuality(TimeProvider clock)
{
    private long done = clock.GetTimestamp();

    /// <summary>Time since the last <see cref="Done"/>, or since the start.</summary>
    public TimeSpan Lateness => clock.GetElapsedTime(Interlocked.Read(ref done));

    /// <summary>Records that no work is left, or that some has just been done.</summary>
    public void Done() => Interlocked.Exchange(ref done, clock.GetTimestamp());
}
