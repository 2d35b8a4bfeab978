using System.Collections.Immutable;
using Api.Indexing;
using Api.Words.Languages;
using Api.Words.Texts;

namespace Api.Words.Postings;

/// <summary>The words of the items of one language. Immutable, but for the vocabulary, which only grows.</summary>
/// <param name="Language">The language.</param>
/// <param name="Vocabulary">The words.</param>
/// <param name="Segments">The posting lists; each item is live in at most one of them.</param>
/// <param name="Items">The numbers of the items.</param>
/// <param name="Lengths">The length of each item's text, as <see cref="LengthByte"/> writes it.</param>
internal sealed record Partition(
    Language Language,
    Vocabulary Vocabulary,
    ImmutableArray<LiveSegment> Segments,
    KeySet Items,
    Paged<byte> Lengths
)
{
    // More small segments than this become one.
    private const int MostSmall = 8;

    // Merging that many items takes some 50 ms.
    private const int MostMerged = 4_000;

    /// <summary>A partition without items.</summary>
    public static Partition Of(Language language, Vocabulary vocabulary) => new(language, vocabulary, [], KeySet.Empty, Paged<byte>.Empty);

    /// <summary>The partition after a change.</summary>
    /// <param name="changed">The numbers of the changed items, ascending, whether or not they are here.</param>
    /// <param name="present">The changed items that belong here now, ascending.</param>
    public Partition With(ReadOnlySpan<int> changed, IReadOnlyList<ItemText> present)
    {
        var builder = ImmutableArray.CreateBuilder<LiveSegment>(Segments.Length + 1);
        var isSame = true;
        foreach (var segment in Segments)
        {
            var left = segment.Without(changed);
            isSame &= left == segment;
            if (left.Count > 0)
                builder.Add(left);
        }
        if (present.Count == 0)
            return isSame ? this : this with { Segments = builder.ToImmutable(), Items = Items.With([], changed) };
        var added = new SegmentBuilder(Vocabulary);
        foreach (var item in present)
            added.Add(item);
        var fresh = added.ToSegment();
        builder.Add(new LiveSegment(fresh, KeySet.Empty));
        return this with
        {
            Segments = Merged(builder.ToImmutable()),
            Items = Items.With(fresh.Items, changed),
            Lengths = Lengths.With([.. fresh.Items.Zip(fresh.Lengths)]),
        };
    }

    /// <summary>The partition with further segments, of other items.</summary>
    public Partition With(IReadOnlyList<LiveSegment> segments) =>
        this with
        {
            Segments = Segments.AddRange(segments.Where(segment => segment.Count > 0)),
            Items = KeySet.Or([Items, .. segments.Select(one => KeySet.AndNot(KeySet.Of(one.Segment.Items), one.Dead))]),
            Lengths = Lengths.With([
                .. segments.SelectMany(one => one.Segment.Items.Zip(one.Segment.Lengths).Where(item => !one.Dead.Contains(item.First))),
            ]),
        };

    /// <summary>Whether an item has a word.</summary>
    public bool Has(int word)
    {
        foreach (var (segment, dead) in Segments)
        {
            if (segment.Find(word) is not (var place and >= 0))
                continue;
            for (var reader = segment.Read(place); reader.Next(); )
            {
                if (!dead.Contains(reader.Item))
                    return true;
            }
        }
        return false;
    }

    /// <summary>The number of items with a word in some fields.</summary>
    /// <param name="word">The word.</param>
    /// <param name="fields">The fields: <see cref="Posting.InTitle"/>, <see cref="Posting.InLead"/> or both.</param>
    public int CountIn(int word, int fields)
    {
        var count = 0;
        foreach (var (segment, dead) in Segments)
        {
            if (segment.Find(word) is not (var place and >= 0))
                continue;
            for (var reader = segment.Read(place); reader.Next(); )
            {
                if ((reader.Info & fields) != 0 && !dead.Contains(reader.Item))
                    count++;
            }
        }
        return count;
    }

    // The smallest segments become one when there are many, so that a search reads few. Each item is merged a few times in all, as the
    // result soon is too large to be merged again.
    private ImmutableArray<LiveSegment> Merged(ImmutableArray<LiveSegment> segments)
    {
        // A segment is rewritten when most of its items have left.
        if (segments.FirstOrDefault(one => one.Dead.Count > one.Count && one.Count <= MostMerged) is { } mostlyDead)
            return segments.Remove(mostlyDead).Add(new LiveSegment(LiveSegment.Merge([mostlyDead], Vocabulary), KeySet.Empty));
        var small = segments.Where(segment => segment.Count <= MostMerged / 2).OrderBy(segment => segment.Count).ToList();
        if (small.Count <= MostSmall)
            return segments;
        var total = 0;
        var taken = small.TakeWhile((segment, n) => n < 2 || (total += segment.Count) <= MostMerged).ToList();
        return segments.RemoveRange(taken).Add(new LiveSegment(LiveSegment.Merge(taken, Vocabulary), KeySet.Empty));
    }
}
