using System.Runtime.InteropServices;
using Api.Words.Languages;
using Api.Words.Texts;

namespace Api.Words.Postings;

/// <summary>Reads the words of texts into a segment. Not safe for use by several threads.</summary>
/// <param name="vocabulary">The vocabulary, which gets the new words.</param>
internal sealed class SegmentBuilder(Vocabulary vocabulary)
{
    // Between the fields of an item, so that no phrase spans two of them.
    private const int Gap = 100;

    private readonly Dictionary<int, TermBuffer> buffers = [];
    private readonly List<int> items = [];
    private readonly List<byte> lengths = [];
    private readonly Tokenizer tokenizer = new();
    private readonly List<long> found = [];
    private readonly ByteBuffer positions = new();

    /// <summary>The number of items.</summary>
    public int Count => items.Count;

    /// <summary>About how many bytes the segment will have.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds an item; its number is higher than that of all items before.</summary>
    public void Add(ItemText item)
    {
        found.Clear();
        var leadFrom = Math.Max(Segment.TitlePositions, Read(item.IndexedTitle, 0) + Gap);
        var bodyFrom = Read(item.Lead, leadFrom) + Gap;
        var end = Read(item.Body, bodyFrom);
        items.Add(item.ItemId);
        lengths.Add(LengthByte.Of(end - bodyFrom));
        var all = CollectionsMarshal.AsSpan(found);
        all.Sort();
        for (var n = 0; n < all.Length; )
        {
            var term = (int)(all[n] >> 32);
            var (info, inBody, before) = (0, 0, 0);
            positions.Clear();
            for (; n < all.Length && (int)(all[n] >> 32) == term; n++)
            {
                var position = (int)all[n];
                // A joined word can be the same as a part.
                if (position == before && positions.Length > 0)
                    continue;
                positions.AddNumber(position - before);
                before = position;
                if (position < leadFrom)
                    info |= Posting.InTitle;
                else if (position < bodyFrom)
                    info |= Posting.InLead;
                else
                    inBody++;
            }
            Buffer(term).Add(item.ItemId, info | Math.Min(inBody, Posting.MostInBody), positions.Span);
            Bytes += positions.Length + 4;
        }
    }

    /// <summary>Adds a posting that was read before; the items of a word ascend.</summary>
    public void Add(int term, int item, int info, ReadOnlySpan<byte> positions) => Buffer(term).Add(item, info, positions);

    /// <summary>Adds an item whose postings are added one by one.</summary>
    public void Add(int item, byte length)
    {
        items.Add(item);
        lengths.Add(length);
    }

    /// <summary>The segment; nothing may be added afterwards.</summary>
    public Segment ToSegment()
    {
        var terms = buffers.Keys.ToArray();
        Array.Sort(terms);
        var (texts, titles, places) = (new ByteBuffer(), new ByteBuffer(), new ByteBuffer());
        var (textEnds, titleEnds, positionEnds) = (new int[terms.Length], new int[terms.Length], new int[terms.Length]);
        for (var n = 0; n < terms.Length; n++)
        {
            buffers.Remove(terms[n], out var buffer);
            texts.Add(buffer!.Texts.Span);
            titles.Add(buffer.Titles.Span);
            places.Add(buffer.Positions.Span);
            (textEnds[n], titleEnds[n], positionEnds[n]) = (texts.Length, titles.Length, places.Length);
        }
        vocabulary.AddTitleWords(terms.Where((_, n) => titleEnds[n] > (n == 0 ? 0 : titleEnds[n - 1])));
        return new Segment(
            terms,
            textEnds,
            titleEnds,
            positionEnds,
            texts.Span.ToArray(),
            titles.Span.ToArray(),
            places.Span.ToArray(),
            [.. items],
            [.. lengths]
        );
    }

    // Returns the position behind the text.
    private int Read(string text, int from)
    {
        tokenizer.Read(Folding.Composed(text), from);
        while (tokenizer.Next())
            found.Add(((long)vocabulary.Add(tokenizer.Word) << 32) | (uint)tokenizer.Current.Position);
        return tokenizer.Position;
    }

    private TermBuffer Buffer(int term) => buffers.TryGetValue(term, out var known) ? known : buffers[term] = new TermBuffer();

    private sealed class TermBuffer
    {
        private int item;
        private int titled;

        public ByteBuffer Texts { get; } = new();

        public ByteBuffer Titles { get; } = new();

        public ByteBuffer Positions { get; } = new();

        public void Add(int number, int info, ReadOnlySpan<byte> positions)
        {
            Texts.AddNumber(number - item);
            Texts.Add((byte)info);
            item = number;
            Positions.AddNumber(positions.Length);
            Positions.Add(positions);
            if ((info & Posting.InTitle) == 0)
                return;
            Titles.AddNumber(number - titled);
            titled = number;
        }
    }
}
