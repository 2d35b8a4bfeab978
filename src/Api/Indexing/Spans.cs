namespace Api.Indexing;

/// <summary>
/// The items of each time span of 2^44 microseconds, about 200 days. A range of time is the union of whole spans and of a part of the spans
/// at its two ends. Immutable.
/// </summary>
/// <param name="Sets">The items of each span, by the number from <see cref="Of"/>.</param>
internal sealed record Spans(Paged<KeySet?> Sets)
{
    private const int Bits = 44;

    // Makes the number of the year 1 positive.
    private const int Offset = 4_096;

    // The number of the last span of the year 9999.
    private const int Last = Offset + 14_500;

    /// <summary>The number of the span that contains an instant (microseconds since 1970).</summary>
    public static int Of(long instant) => (int)Math.Clamp((instant >> Bits) + Offset, 0, Last);

    /// <summary>The items of a set whose instants are within bounds.</summary>
    public KeySet Within(KeySet set, Bounds bounds, Func<int, long> at)
    {
        if (bounds.IsOpen || bounds.From >= bounds.Before)
            return bounds.IsOpen ? set : KeySet.Empty;
        var (from, to) = (Of(bounds.From), Of(bounds.Before - 1));
        var whole = new List<KeySet>();
        foreach (var (span, items) in Sets.Set)
        {
            if (items is null || span < from || span > to)
                continue;
            var isEdge = (span == from && bounds.From != long.MinValue) || (span == to && bounds.Before != long.MaxValue);
            whole.Add(isEdge ? KeySet.And(set, items).Where(new InBounds(bounds, at)) : items);
        }
        return whole.Count == 0 ? KeySet.Empty : KeySet.And(set, KeySet.Or(whole));
    }

    private readonly struct InBounds(Bounds bounds, Func<int, long> at) : ITest
    {
        public bool Holds(int number) => bounds.Contain(at(number));
    }
}
