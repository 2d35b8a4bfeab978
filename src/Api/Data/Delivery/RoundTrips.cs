namespace Api.Data.Delivery;

/// <summary>Per request: the number of round trips to the database, for the log, and the chosen server.</summary>
internal static class RoundTrips
{
    private static readonly AsyncLocal<Counter?> Of = new();

    /// <summary>Round trips since <see cref="Begin"/> in this async flow; 0 without it.</summary>
    public static int Current => Of.Value?.Total ?? 0;

    /// <summary>The server chosen for this request; null before the choice, and without <see cref="Begin"/>.</summary>
    public static DeliveryHost? Host
    {
        get => Of.Value?.Host;
        set
        {
            if (Of.Value is { } counter)
                counter.Host = value;
        }
    }

    /// <summary>Starts counting for this async flow and everything it awaits.</summary>
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
