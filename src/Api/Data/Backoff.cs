namespace Api.Data;

/// <summary>Exponential backoff: each wait is twice the one before it, up to a maximum.</summary>
/// <param name="first">The first wait.</param>
/// <param name="most">The longest wait.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan most)
{
    private TimeSpan? next;

    /// <summary>What <see cref="Next"/> will return.</summary>
    public TimeSpan Coming => next ?? first;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var wait = Coming;
        next = wait < most / 2 ? wait * 2 : most;
        return wait;
    }

    /// <summary>Starts over with the first wait.</summary>
    public void Reset() => next = null;
}
