namespace Api.Data;

/// <summary>How long to wait for something that is expected in a moment: at first briefly, then longer and longer, up to a bound.</summary>
/// <param name="first">The first wait.</param>
/// <param name="most">The longest.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan most)
{
    private TimeSpan? next;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var wait = next ?? first;
        next = wait < most / 2 ? wait * 2 : most;
        return wait;
    }

    /// <summary>What was expected has come.</summary>
    public void Reset() => next = null;
}
