namespace Api.Words.Postings;

/// <summary>Tests items of a segment, in ascending order, for words in sequence. Memory does not depend on the number of items.</summary>
internal sealed class SequenceWalk
{
    // The posting lists of the equivalent words, once where they stand in several places.
    private readonly Cursor[][] units;
    private readonly PositionBuffer[] positions;

    // For each place of the sequence its unit, and how far it is from the first.
    private readonly int[] places;
    private readonly int[] offsets;
    private int[] starts = new int[64];

    private SequenceWalk(Cursor[][] units, int[] places, int[] offsets)
    {
        (this.units, this.places, this.offsets) = (units, places, offsets);
        positions = [.. units.Select(_ => new PositionBuffer())];
    }

    /// <summary>The walk; null when one of the words is in no item of the segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="words">For each place of the sequence, the numbers of the equivalent words: one array for equal words.</param>
    /// <param name="offsets">How far each place is from the first.</param>
    public static SequenceWalk? Of(Segment segment, int[][] words, int[] offsets)
    {
        int[][] distinct = [.. words.Distinct()];
        Cursor[][] units =
        [
            .. distinct.Select(ids =>
                ids.Select(segment.Find).Where(place => place >= 0).Select(place => new Cursor(segment, place)).ToArray()
            ),
        ];
        return Array.Exists(units, unit => unit.Length == 0)
            ? null
            : new SequenceWalk(units, [.. words.Select(ids => Array.IndexOf(distinct, ids))], offsets);
    }

    /// <summary>Whether no later item can have the sequence.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How often, and where, an item has the words in sequence, as in a posting; 0 when it does not.</summary>
    public int Test(int item)
    {
        var lead = true;
        for (var n = 0; n < units.Length; n++)
        {
            var own = positions[n];
            own.Clear();
            var info = 0;
            foreach (var cursor in units[n])
                info |= cursor.Take(item, own);
            if (own.Count == 0)
            {
                IsOver = Array.TrueForAll(units[n], cursor => cursor.IsOver);
                return 0;
            }
            if (units[n].Length > 1)
                own.Span.Sort();
            lead &= (info & Posting.InLead) != 0;
        }
        var rarest = 0;
        for (var n = 1; n < places.Length; n++)
        {
            if (positions[places[n]].Count < positions[places[rarest]].Count)
                rarest = n;
        }
        var first = First(rarest);
        for (var n = 0; n < places.Length && first.Length > 0; n++)
        {
            if (n != rarest)
                first = first[..Keep(first, positions[places[n]].Span, offsets[n])];
        }
        var inTitle = 0;
        while (inTitle < first.Length && first[inTitle] < Segment.TitlePositions)
            inTitle++;
        var others = first.Length - inTitle;
        // Positions do not tell lead and body apart: words that are all in the lead are taken to be in sequence there.
        lead &= others > 0;
        var body = Math.Min(lead ? others - 1 : others, Posting.MostInBody);
        return (inTitle > 0 ? Posting.InTitle : 0) | (lead ? Posting.InLead : 0) | body;
    }

    // Where the sequence would begin, by the positions of one of its words.
    private Span<int> First(int rarest)
    {
        var own = positions[places[rarest]].Span;
        if (starts.Length < own.Length)
            starts = new int[2 * own.Length];
        var first = starts.AsSpan(0, own.Length);
        for (var n = 0; n < own.Length; n++)
            first[n] = own[n] - offsets[rarest];
        return first;
    }

    // Moves those to the front that have a word at an offset, and returns how many they are. Positions ascend: each list is gone through
    // once.
    private static int Keep(Span<int> first, ReadOnlySpan<int> own, int offset)
    {
        var (kept, from, place) = (0, 0, 0);
        while (from < first.Length && place < own.Length)
        {
            var (wanted, position) = (first[from] + offset, own[place]);
            if (position == wanted)
                first[kept++] = first[from];
            // Not as branches, of which a processor would guess every second one wrong.
            from += wanted <= position ? 1 : 0;
            place += position <= wanted ? 1 : 0;
        }
        return kept;
    }

    private sealed class Cursor
    {
        private PostingReader postings;
        private PositionReader positions;

        public Cursor(Segment segment, int place)
        {
            (postings, positions) = (segment.Read(place), segment.ReadPositions(place));
            IsOver = !postings.Next();
        }

        public bool IsOver { get; private set; }

        // Adds the positions in an item, and returns the byte of its posting; 0 when the item does not have the word.
        public int Take(int item, PositionBuffer into)
        {
            while (!IsOver && postings.Item < item)
            {
                positions.Skip();
                IsOver = !postings.Next();
            }
            if (IsOver || postings.Item != item)
                return 0;
            var info = postings.Info;
            positions.AddTo(into);
            IsOver = !postings.Next();
            return info;
        }
    }
}
