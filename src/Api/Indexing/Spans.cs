namespace Api.Indexing;

/// <summary>The items of each stretch of time of 2^44 microseconds, some 200 days: what is within bounds is whole stretches, and some of the items of two more. Immutable.</summary>
/// <param name="Sets">The items, by <see cref="Of"/>.</param>
internal sealed record Spans(Paged<KeySet?> Sets)
{
    private const int Bits = 44;

    // So that the year 1 has a number above 0.
    private const int Offset = 4_096;

    // The number of the last of the year 9999.
    private const int Last = Offset + 14_500;

    /// <summary>The number of the stretch that an instant is in (microseconds since 1970).</summary>
    public static int Of(long instant) => (int)Math.Clamp((instant >> Bits) + Offset, 0, Last);

    /// <summary>Those of some items whose instants are within bounds.</summary>
    public KeySet Within(KeySet set, Bounds bounds, Func<int, long> at)
    {
        if (bounds.IsOpen || bounds.From >= bounds.Before) return bounds.IsOpen ? set : KeySet.Empty;
        var (from, to) = (Of(bounds.From), Of(bounds.Before - 1));
        var whole = new List<KeySet>();
        foreach (var (span, items) in Sets.Set)
        {
            if (items is null || span < from || span > to) continue;
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
