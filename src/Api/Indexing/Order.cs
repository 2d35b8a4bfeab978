using System.Buffers.Binary;

namespace Api.Indexing;

/// <summary>What a list is sorted by; ties by <see cref="Place.Id"/>.</summary>
internal enum SortBy
{
    /// <summary><see cref="Place.First"/>.</summary>
    First,

    /// <summary><see cref="Place.Second"/>.</summary>
    Second,

    /// <summary><see cref="Place.Title"/>.</summary>
    Title,
}

/// <summary>Which items to take.</summary>
internal interface ITest
{
    bool Holds(int number);
}

/// <summary>All items in one ascending order. Immutable: another version copies the blocks of some hundred numbers that differ and shares the others.</summary>
internal sealed class Order
{
    private const int Block = 512;

    private readonly SortBy by;
    private readonly int[][] blocks;
    // How many items stand before each block.
    private readonly int[] before;

    private Order(SortBy by, List<int[]> blocks)
    {
        (this.by, this.blocks) = (by, [.. blocks]);
        before = new int[blocks.Count];
        for (var block = 1; block < blocks.Count; block++) before[block] = before[block - 1] + blocks[block - 1].Length;
    }

    /// <summary>How many items there are.</summary>
    public int Count => blocks.Length == 0 ? 0 : before[^1] + blocks[^1].Length;

    /// <summary>The item at a rank, from 0.</summary>
    public int this[int rank] => Containing(rank) is var block ? blocks[block][rank - before[block]] : 0;

    /// <summary>The order of some items.</summary>
    public static Order Of(SortBy by, int[] numbers, Paged<Place> places)
    {
        var sorted = (int[])numbers.Clone();
        Sort(by, sorted, places);
        return new(by, [.. sorted.Chunk(Block)]);
    }

    /// <summary>Sorts items in place, ascending.</summary>
    public static void Sort(SortBy by, int[] sorted, Paged<Place> places)
    {
        // By a number of each first, which takes a tenth of comparing places. Those are compared where the numbers are equal.
        var ranks = Array.ConvertAll(sorted, number => RankedBy(by, places[number]));
        Array.Sort(ranks, sorted);
        for (int from = 0, to = 0; from < sorted.Length; from = to)
        {
            while (to < sorted.Length && ranks[to] == ranks[from]) to++;
            if (to - from > 1) sorted.AsSpan(from, to - from).Sort((a, b) => Compare(by, places[a], places[b]));
        }
    }

    /// <summary>How two places compare.</summary>
    public static int Compare(SortBy by, in Place one, in Place other)
    {
        var compared = by switch
        {
            SortBy.First => one.First.CompareTo(other.First),
            SortBy.Second => one.Second.CompareTo(other.Second),
            _ => one.Title.AsSpan().SequenceCompareTo(other.Title),
        };
        return compared != 0 ? compared : one.Id.CompareTo(other.Id);
    }

    /// <summary>How many items stand before a place, where none need be.</summary>
    /// <param name="place">The place.</param>
    /// <param name="places">Where all stand.</param>
    /// <param name="orAt">Whether the item that stands there counts as well.</param>
    public int RankOf(in Place place, Paged<Place> places, bool orAt = false)
    {
        if (blocks.Length == 0) return 0;
        var block = BlockOf(blocks, place, places);
        var rank = RankIn(blocks[block], place, places);
        var isThere = orAt && rank < blocks[block].Length && Compare(by, places[blocks[block][rank]], place) == 0;
        return before[block] + rank + (isThere ? 1 : 0);
    }

    /// <summary>Takes items out of the order, one after the other, until there are enough.</summary>
    /// <param name="from">The lowest rank, from 0.</param>
    /// <param name="to">One above the highest.</param>
    /// <param name="descending">Whether to begin at the highest.</param>
    /// <param name="skip">How many that hold to leave out first.</param>
    /// <param name="taken">Room for the numbers of the items.</param>
    /// <param name="test">Which items to take.</param>
    /// <returns>How many were taken.</returns>
    public int Take<TTest>(int from, int to, bool descending, int skip, Span<int> taken, TTest test)
        where TTest : struct, ITest
    {
        if (from >= to || taken.IsEmpty) return 0;
        var (count, step) = (0, descending ? -1 : 1);
        var rank = descending ? to - 1 : from;
        for (var block = Containing(rank); block >= 0 && block < blocks.Length; block += step)
        {
            var numbers = blocks[block];
            var last = descending ? Math.Max(from - before[block], 0) : Math.Min(to - before[block], numbers.Length) - 1;
            for (var n = rank - before[block]; descending ? n >= last : n <= last; n += step)
            {
                if (!test.Holds(numbers[n])) continue;
                if (skip > 0) skip--;
                else taken[count++] = numbers[n];
                if (count == taken.Length) return count;
            }
            rank = descending ? before[block] - 1 : before[block] + numbers.Length;
            if (descending ? rank < from : rank >= to) break;
        }
        return count;
    }

    /// <summary>The same without some items and with others.</summary>
    /// <param name="removed">Items that are there.</param>
    /// <param name="old">Where those stood.</param>
    /// <param name="added">Items that are not there, or are removed as well.</param>
    /// <param name="places">Where those stand.</param>
    public Order With(IReadOnlyCollection<int> removed, Paged<Place> old, IReadOnlyCollection<int> added, Paged<Place> places)
    {
        var next = blocks.ToList();
        foreach (var number in removed)
        {
            var block = BlockOf(next, old[number], old);
            var place = RankIn(next[block], old[number], old);
            next[block] = [.. next[block].AsSpan(0, place), .. next[block].AsSpan(place + 1)];
            if (next[block].Length == 0) next.RemoveAt(block);
        }
        foreach (var number in added)
        {
            if (next.Count == 0) next.Add([]);
            var block = BlockOf(next, places[number], places);
            var place = RankIn(next[block], places[number], places);
            int[] grown = [.. next[block].AsSpan(0, place), number, .. next[block].AsSpan(place)];
            next[block] = grown.Length < 2 * Block ? grown : grown[..Block];
            if (grown.Length >= 2 * Block) next.Insert(block + 1, grown[Block..]);
        }
        return new(by, next);
    }

    // Who comes before another has no higher number.
    private static ulong RankedBy(SortBy by, in Place place)
    {
        if (by != SortBy.Title) return (ulong)(by == SortBy.First ? place.First : place.Second) ^ (1UL << 63);
        Span<byte> beginning = stackalloc byte[sizeof(ulong)];
        place.Title.AsSpan(0, Math.Min(place.Title.Length, beginning.Length)).CopyTo(beginning);
        return BinaryPrimitives.ReadUInt64BigEndian(beginning);
    }

    // The block that holds a rank.
    private int Containing(int rank)
    {
        var found = before.AsSpan().BinarySearch(rank);
        return found >= 0 ? found : ~found - 1;
    }

    // The last block that begins at or before a place; the first when none does.
    private int BlockOf(IReadOnlyList<int[]> all, in Place place, Paged<Place> places)
    {
        var (low, high) = (0, all.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Compare(by, places[all[middle][0]], place) <= 0) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private int RankIn(int[] block, in Place place, Paged<Place> places)
    {
        var (low, high) = (0, block.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Compare(by, places[block[middle]], place) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
