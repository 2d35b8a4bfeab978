namespace Api.Data.Delivery;

/// <summary>What one request does at the database: how many round trips, for its log line, and to which server.</summary>
internal static class RoundTrips
{
    private static readonly AsyncLocal<Counter?> Of = new();

    /// <summary>Round trips since <see cref="Begin"/> in this flow; 0 where nobody counts.</summary>
    public static int Current => Of.Value?.Total ?? 0;

    /// <summary>The server that was chosen for this request; null when none was, and where nobody counts.</summary>
    public static DeliveryHost? Host
    {
        get => Of.Value?.Host;
        set
        {
            if (Of.Value is { } counter)
                counter.Host = value;
        }
    }

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
        public volatile DeliveryHost? Host;
    }
}
