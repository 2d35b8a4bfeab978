namespace Api.Data;

/// <summary>Counts the database round trips of one request, for its log line.</summary>
internal static class RoundTrips
{
    private static readonly AsyncLocal<Counter?> Of = new();

    /// <summary>Round trips since <see cref="Begin"/> in this flow; 0 where nobody counts.</summary>
    public static int Current => Of.Value?.Total ?? 0;

    /// <summary>Starts counting for this flow and everything it awaits.</summary>
    public static void Begin() => Of.Value = new Counter();

    public static void Count()
    {
        if (Of.Value is { } counter)
            Interlocked.Increment(ref counter.Total);
    }

    private sealed class Counter
    {
        public int Total;
    }
}
