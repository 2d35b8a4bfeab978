using Api.Indexing;

namespace Api.Words.Postings;

/// <summary>A segment and which of its items have left it, because they changed or are gone. Immutable.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Dead">The numbers of the items that have left.</param>
internal sealed record LiveSegment(Segment Segment, KeySet Dead)
{
    /// <summary>The number of items left.</summary>
    public int Count => Segment.Items.Length - Dead.Count;

    /// <summary>Whether an item is in the segment.</summary>
    public bool Has(int item) => Array.BinarySearch(Segment.Items, item) >= 0 && !Dead.Contains(item);

    /// <summary>The segment without some items, ascending.</summary>
    public LiveSegment Without(ReadOnlySpan<int> items)
    {
        List<int> left = [];
        foreach (var item in items)
        {
            if (Has(item))
                left.Add(item);
        }
        return left.Count == 0 ? this : this with { Dead = Dead.With([.. left], []) };
    }

    /// <summary>One segment with the items of several that have not left.</summary>
    public static Segment Merge(IReadOnlyList<LiveSegment> segments, Vocabulary vocabulary)
    {
        var builder = new SegmentBuilder(vocabulary);
        foreach (
            var (item, length) in segments
                .SelectMany(one => one.Segment.Items.Zip(one.Segment.Lengths).Where(item => !one.Dead.Contains(item.First)))
                .OrderBy(item => item.First)
        )
            builder.Add(item, length);
        foreach (var term in segments.SelectMany(one => one.Segment.Terms).Distinct().Order())
            Merge(segments, term, builder);
        return builder.ToSegment();
    }

    // The postings of a word in several segments, in the order of the items.
    private static void Merge(IReadOnlyList<LiveSegment> segments, int term, SegmentBuilder builder)
    {
        List<(int Item, int Info, byte[] Positions)> postings = [];
        foreach (var (segment, dead) in segments)
        {
            var place = segment.Find(term);
            if (place < 0)
                continue;
            var positions = segment.ReadPositions(place);
            for (var reader = segment.Read(place); reader.Next(); )
            {
                if (dead.Count > 0 && dead.Contains(reader.Item))
                    positions.Skip();
                else
                    postings.Add((reader.Item, reader.Info, positions.Take().ToArray()));
            }
        }
        postings.Sort((one, other) => one.Item.CompareTo(other.Item));
        foreach (var (item, info, positions) in postings)
            builder.Add(term, item, info, positions);
    }
}
