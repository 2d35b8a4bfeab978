namespace Api.Words.Postings;

/// <summary>
/// Posting lists of the words of some items, ascending by item number. Immutable; <see cref="SegmentBuilder"/> writes it.
/// </summary>
/// <param name="Terms">The numbers of the words, ascending.</param>
/// <param name="TextEnds">For each word, where its postings end in <paramref name="Texts"/>.</param>
/// <param name="TitleEnds">The same in <paramref name="Titles"/>.</param>
/// <param name="PositionEnds">The same in <paramref name="Positions"/>.</param>
/// <param name="Texts">Postings: the difference to the item before, and a byte (<see cref="Posting"/>).</param>
/// <param name="Titles">The items with the word in the title: differences only.</param>
/// <param name="Positions">
/// For each posting the number of bytes that follow, then the positions as differences: title from 0, the others behind it.
/// </param>
/// <param name="Items">The items.</param>
/// <param name="Lengths">The length of each item's text, as <see cref="LengthByte"/> writes it.</param>
internal sealed record Segment(
    int[] Terms,
    int[] TextEnds,
    int[] TitleEnds,
    int[] PositionEnds,
    byte[] Texts,
    byte[] Titles,
    byte[] Positions,
    int[] Items,
    byte[] Lengths
)
{
    /// <summary>Positions below are those of the title.</summary>
    public const int TitlePositions = 1024;

    /// <summary>The place of a word among <see cref="Terms"/>; negative when no item has it.</summary>
    public int Find(int term) => Array.BinarySearch(Terms, term);

    /// <summary>The postings of a word by its place.</summary>
    public PostingReader Read(int place) => new(Texts, place == 0 ? 0 : TextEnds[place - 1], TextEnds[place]);

    /// <summary>The items with a word in the title, by its place.</summary>
    public TitleReader ReadTitles(int place) => new(Titles, place == 0 ? 0 : TitleEnds[place - 1], TitleEnds[place]);

    /// <summary>The positions of a word by its place, posting by posting.</summary>
    public PositionReader ReadPositions(int place) => new(Positions, place == 0 ? 0 : PositionEnds[place - 1]);
}

/// <summary>The byte of a posting. Pure.</summary>
internal static class Posting
{
    /// <summary>The word is in the title.</summary>
    public const int InTitle = 0x80;

    /// <summary>The word is in the lead.</summary>
    public const int InLead = 0x40;

    /// <summary>The most occurrences in the body that are counted; the lower bits hold their number.</summary>
    public const int MostInBody = 0x3f;
}

/// <summary>A length in words as one byte, in steps of 4 %. Pure.</summary>
internal static class LengthByte
{
    // Whole numbers, which every processor makes alike.
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 256).Select(n => (int)Math.Round(Math.Pow(2, n / 16.0)) - 1)];

    /// <summary>The byte of a length.</summary>
    public static byte Of(int words)
    {
        var place = Array.FindLastIndex(Lengths, length => length <= words);
        return (byte)Math.Max(0, place);
    }

    /// <summary>The length that a byte stands for.</summary>
    public static int Words(byte length) => Lengths[length];
}

/// <summary>Reads postings.</summary>
internal struct PostingReader(byte[] bytes, int from, int end)
{
    private int place = from;

    /// <summary>The number of the item.</summary>
    public int Item { get; private set; }

    /// <summary>The byte of the posting.</summary>
    public int Info { get; private set; }

    public bool Next()
    {
        // In a register: a field would be written and read again for each byte.
        var at = place;
        if (at >= end)
            return false;
        Item += Varint.Read(bytes, ref at);
        Info = bytes[at];
        place = at + 1;
        return true;
    }
}

/// <summary>Reads the items with a word in the title.</summary>
internal struct TitleReader(byte[] bytes, int from, int end)
{
    private int place = from;

    /// <summary>The number of the item.</summary>
    public int Item { get; private set; }

    public bool Next()
    {
        if (place >= end)
            return false;
        Item += Varint.Read(bytes, ref place);
        return true;
    }
}

/// <summary>Positions of a word in an item. The memory is used again for the next item.</summary>
internal sealed class PositionBuffer
{
    private int[] positions = new int[64];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The positions.</summary>
    public Span<int> Span => positions.AsSpan(0, Count);

    /// <summary>Removes all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Memory behind the positions, for so many more at least; <see cref="Added"/> says how many were written.</summary>
    public Span<int> Reserve(int more)
    {
        if (positions.Length - Count < more)
            Array.Resize(ref positions, Math.Max(2 * positions.Length, Count + more));
        return positions.AsSpan(Count);
    }

    /// <summary>Adds what was written to the reserved memory.</summary>
    public void Added(int more) => Count += more;
}

/// <summary>Reads the positions of postings, one posting after the other.</summary>
internal struct PositionReader(byte[] bytes, int from)
{
    private int place = from;

    /// <summary>Skips the positions of a posting.</summary>
    public void Skip()
    {
        var length = Varint.Read(bytes, ref place);
        place += length;
    }

    /// <summary>Adds the positions of a posting to others, ascending.</summary>
    public void AddTo(PositionBuffer positions)
    {
        var (at, all) = (place, bytes);
        var length = Varint.Read(all, ref at);
        // Each takes at least a byte.
        var free = positions.Reserve(length);
        var (count, position) = (0, 0);
        for (var end = at + length; at < end; )
            free[count++] = position += Varint.Read(all, ref at);
        place = at;
        positions.Added(count);
    }

    /// <summary>The bytes of the positions of a posting.</summary>
    public ReadOnlySpan<byte> Take()
    {
        var length = Varint.Read(bytes, ref place);
        var taken = bytes.AsSpan(place, length);
        place += length;
        return taken;
    }
}
