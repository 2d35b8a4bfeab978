namespace Api.Data.Delivery;

/// <summary>
/// What one request does with the database: its server, so that all its queries see the same or later data, and its number of round trips,
/// for the log. It follows the request's flow of calls (<see cref="AsyncLocal{T}"/>); work without a session chooses a server for each
/// query.
/// </summary>
internal sealed class DeliverySession
{
    private static readonly AsyncLocal<DeliverySession?> Flow = new();

    private int roundTrips;
    private volatile DeliveryHost? host;

    /// <summary>The session of this flow; null without one.</summary>
    public static DeliverySession? Current => Flow.Value;

    /// <summary>Round trips to the database since the beginning.</summary>
    public int RoundTrips => Volatile.Read(ref roundTrips);

    /// <summary>The server of the request; null before the choice.</summary>
    public DeliveryHost? Host
    {
        get => host;
        set => host = value;
    }

    /// <summary>Begins a session for this flow and everything it awaits.</summary>
    public static DeliverySession Begin() => Flow.Value = new DeliverySession();

    /// <summary>Counts a round trip.</summary>
    public void Count() => Interlocked.Increment(ref roundTrips);
}
