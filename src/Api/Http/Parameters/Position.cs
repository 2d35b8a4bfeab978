using System.Text;

namespace Api.Http.Parameters;

/// <summary>The position of a row in a sorted list.</summary>
/// <param name="Number">The sort value: a count, or an instant as microseconds since 1970. From a cursor it is unchecked;
/// <see cref="Instant"/> and <see cref="Count"/> bring it into range.</param>
/// <param name="Text">The sort value when it is a text; otherwise null.</param>
/// <param name="Id">The immutable id, which breaks ties.</param>
internal readonly record struct Position(long Number, string? Text, Guid Id)
{
    /// <summary>A row sorted by an instant (UTC).</summary>
    public static Position At(DateTime instant, Guid id) => new(Microseconds(instant), null, id);

    /// <summary>An instant (UTC) as microseconds since 1970.</summary>
    public static long Microseconds(DateTime instant) => (instant - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <inheritdoc cref="Microseconds(DateTime)"/>
    public static long? Microseconds(DateTime? instant) => instant is { } known ? Microseconds(known) : null;

    /// <summary>A row sorted by a count.</summary>
    public static Position At(int count, Guid id) => new(count, null, id);

    /// <summary>A row sorted by a text.</summary>
    public static Position At(string text, Guid id) => new(0, text, id);

    /// <summary>A row sorted by the sort key of a title or name.</summary>
    public static Position At(ReadOnlySpan<byte> key, Guid id) => new(0, Encoding.Latin1.GetString(key), id);

    /// <summary><see cref="Text"/> as a sort key, which has a character for each byte.</summary>
    public byte[] Key => Encoding.Latin1.GetBytes(Text ?? "");

    /// <summary><see cref="Number"/> as an instant (UTC), clamped to the range of <see cref="DateTime"/>.</summary>
    public DateTime Instant =>
        Number < Lowest ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)
        : Number > Highest ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
        : DateTime.UnixEpoch.AddTicks(Number * TimeSpan.TicksPerMicrosecond);

    /// <summary><see cref="Number"/> as a count, clamped to the range of an int.</summary>
    public int Count => (int)Math.Clamp(Number, int.MinValue, int.MaxValue);

    private static readonly long Lowest = (DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private static readonly long Highest = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
