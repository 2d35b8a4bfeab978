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
    public static Order Of(SortBy by, int[] numbers, Places places)
    {
        var sorted = (int[])numbers.Clone();
        Sort(by, sorted, places);
        return new(by, [.. sorted.Chunk(Block)]);
    }

    /// <summary>Sorts items in place, ascending.</summary>
    public static void Sort(SortBy by, int[] sorted, Places places)
    {
        // By a number of each first, which takes a tenth of comparing places. Those are compared where the numbers are equal.
        var ranks = Array.ConvertAll(sorted, number => RankedBy(by, number, places));
        Array.Sort(ranks, sorted);
        for (int from = 0, to = 0; from < sorted.Length; from = to)
        {
            while (to < sorted.Length && ranks[to] == ranks[from]) to++;
            if (to - from > 1) sorted.AsSpan(from, to - from).Sort((a, b) => places.Compare(by, a, b));
        }
    }

    /// <summary>Some of many items, as they would stand if all were sorted, ascending.</summary>
    /// <param name="by">What they are sorted by.</param>
    /// <param name="numbers">All.</param>
    /// <param name="places">Where they stand.</param>
    /// <param name="from">The rank of the first to give, from 0.</param>
    /// <param name="count">How many to give; there are as many.</param>
    public static int[] Slice(SortBy by, int[] numbers, Places places, int from, int count)
    {
        if (count == 0) return [];
        var ranks = Array.ConvertAll(numbers, number => RankedBy(by, number, places));
        var (lowest, highest) = (Nth((ulong[])ranks.Clone(), from), Nth((ulong[])ranks.Clone(), from + count - 1));
        var before = 0;
        var near = new List<int>(count);
        for (var n = 0; n < numbers.Length; n++)
        {
            if (ranks[n] < lowest) before++;
            else if (ranks[n] <= highest) near.Add(numbers[n]);
        }
        int[] sorted = [.. near];
        Sort(by, sorted, places);
        return sorted[(from - before)..(from - before + count)];
    }

    /// <summary>How many items stand before a place, where none need be.</summary>
    /// <param name="place">The place.</param>
    /// <param name="places">Where all stand.</param>
    /// <param name="orAt">Whether the item that stands there counts as well.</param>
    public int RankOf(in Place place, Places places, bool orAt = false)
    {
        if (blocks.Length == 0) return 0;
        var block = BlockOf(blocks, place, places);
        var rank = RankIn(blocks[block], place, places);
        var isThere = orAt && rank < blocks[block].Length && places.Compare(by, blocks[block][rank], place) == 0;
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

    /// <summary>The same without some items and with others. Each block that differs is copied once.</summary>
    /// <param name="removed">Items that are there.</param>
    /// <param name="old">Where those stood.</param>
    /// <param name="added">Items that are not there, or are removed as well.</param>
    /// <param name="places">Where those stand.</param>
    public Order With(IReadOnlyCollection<int> removed, Places old, IReadOnlyCollection<int> added, Places places)
    {
        List<int[]> left = [.. blocks];
        foreach (var block in removed.GroupBy(number => BlockOf(blocks, old[number], old)))
        {
            var gone = block.ToHashSet();
            left[block.Key] = Array.FindAll(blocks[block.Key], number => !gone.Contains(number));
        }
        left.RemoveAll(block => block.Length == 0);
        if (left.Count == 0) left.Add([]);
        int[] sorted = [.. added];
        Sort(by, sorted, places);
        var next = new List<int[]>(left.Count + 1);
        var coming = sorted.AsSpan();
        for (var n = 0; n < left.Count;)
        {
            var block = coming.IsEmpty ? left.Count : BlockOf(left, places[coming[0]], places);
            next.AddRange(left[n..block]);
            n = block + 1;
            if (coming.IsEmpty) break;
            // What stands before the next block belongs into this one.
            var count = n == left.Count ? coming.Length : RankIn(coming, places[left[n][0]], places);
            next.AddRange(Cut(Merged(left[block], coming[..count], places)));
            coming = coming[count..];
        }
        return new(by, next.Count == 1 && next[0].Length == 0 ? [] : next);
    }

    private static IEnumerable<int[]> Cut(int[] grown) => grown.Length < 2 * Block ? [grown] : grown.Chunk(Block);

    private int[] Merged(int[] block, ReadOnlySpan<int> added, Places places)
    {
        var all = new int[block.Length + added.Length];
        var (taken, n) = (0, 0);
        foreach (var number in added)
        {
            var rank = taken + RankIn(block.AsSpan(taken), places[number], places);
            block.AsSpan(taken..rank).CopyTo(all.AsSpan(n));
            n += rank - taken;
            all[n++] = number;
            taken = rank;
        }
        block.AsSpan(taken).CopyTo(all.AsSpan(n));
        return all;
    }

    // The value that stands at a rank if all are sorted (Hoare's selection). What takes too many steps is sorted.
    private static ulong Nth(Span<ulong> values, int rank)
    {
        for (var steps = 0; values.Length > 32 && steps < 64; steps++)
        {
            var pivot = Median(values[0], values[values.Length / 2], values[^1]);
            var (low, high) = (0, values.Length - 1);
            while (low <= high)
            {
                while (values[low] < pivot) low++;
                while (values[high] > pivot) high--;
                if (low > high) break;
                (values[low], values[high]) = (values[high], values[low]);
                (low, high) = (low + 1, high - 1);
            }
            // What is between has the value of the pivot.
            if (rank <= high)
            {
                values = values[..(high + 1)];
                continue;
            }
            if (rank < low) return pivot;
            values = values[low..];
            rank -= low;
        }
        values.Sort();
        return values[rank];
    }

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    // Who comes before another has no higher number.
    private static ulong RankedBy(SortBy by, int number, Places places)
    {
        if (by != SortBy.Title) return (ulong)(by == SortBy.First ? places.First(number) : places.Second(number)) ^ (1UL << 63);
        Span<byte> beginning = stackalloc byte[sizeof(ulong)];
        var title = places.Title(number);
        title[..Math.Min(title.Length, beginning.Length)].CopyTo(beginning);
        return BinaryPrimitives.ReadUInt64BigEndian(beginning);
    }

    // The block that holds a rank.
    private int Containing(int rank)
    {
        var found = before.AsSpan().BinarySearch(rank);
        return found >= 0 ? found : ~found - 1;
    }

    // The last block that begins at or before a place; the first when none does.
    private int BlockOf(IReadOnlyList<int[]> all, in Place place, Places places)
    {
        var (low, high) = (0, all.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (places.Compare(by, all[middle][0], place) <= 0) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private int RankIn(ReadOnlySpan<int> block, in Place place, Places places)
    {
        var (low, high) = (0, block.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (places.Compare(by, block[middle], place) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
