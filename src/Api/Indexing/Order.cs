using System.Buffers.Binary;

namespace Api.Indexing;

/// <summary>The sort value of a list; ties are ordered by <see cref="Place.Id"/>.</summary>
internal enum SortBy
{
    /// <summary><see cref="Place.First"/>.</summary>
    First,

    /// <summary><see cref="Place.Second"/>.</summary>
    Second,

    /// <summary><see cref="Place.Title"/>.</summary>
    Title,
}

/// <summary>A test of an item.</summary>
internal interface ITest
{
    bool Holds(int number);
}

/// <summary>
/// All items in one ascending order. Immutable: a new version copies only the changed blocks, of some hundred numbers each, and shares the
/// others.
/// </summary>
internal sealed class Order
{
    private const int Block = 512;

    private readonly SortBy by;
    private readonly int[][] blocks;

    // The number of items before each block.
    private readonly int[] before;

    private Order(SortBy by, List<int[]> blocks)
    {
        (this.by, this.blocks) = (by, [.. blocks]);
        before = new int[blocks.Count];
        for (var block = 1; block < blocks.Count; block++)
            before[block] = before[block - 1] + blocks[block - 1].Length;
    }

    /// <summary>The number of items.</summary>
    public int Count => blocks.Length == 0 ? 0 : before[^1] + blocks[^1].Length;

    /// <summary>The item at a rank, from 0.</summary>
    public int this[int rank] => BlockAt(rank) is var block ? blocks[block][rank - before[block]] : 0;

    /// <summary>Sorts some items.</summary>
    public static Order Of(SortBy by, int[] numbers, Places places)
    {
        var sorted = (int[])numbers.Clone();
        Sort(by, sorted, places);
        return new(by, [.. sorted.Chunk(Block)]);
    }

    /// <summary>Sorts items in place, ascending.</summary>
    public static void Sort(SortBy by, int[] sorted, Places places)
    {
        // Sorts by a numeric sort key first, which takes a tenth of the time of comparing places. Places are compared only where the keys
        // are equal.
        var ranks = Array.ConvertAll(sorted, number => SortKeyOf(by, number, places));
        Array.Sort(ranks, sorted);
        for (int from = 0, to = 0; from < sorted.Length; from = to)
        {
            while (to < sorted.Length && ranks[to] == ranks[from])
                to++;
            if (to - from > 1)
                sorted.AsSpan(from, to - from).Sort((a, b) => places.Compare(by, a, b));
        }
    }

    /// <summary>A range of the items as if all were sorted, ascending.</summary>
    /// <param name="by">The sort value.</param>
    /// <param name="numbers">All items.</param>
    /// <param name="places">Their sort values.</param>
    /// <param name="from">The rank of the first item to return, from 0.</param>
    /// <param name="count">The number of items to return; there are at least as many.</param>
    public static int[] Slice(SortBy by, int[] numbers, Places places, int from, int count)
    {
        if (count == 0)
            return [];
        var ranks = Array.ConvertAll(numbers, number => SortKeyOf(by, number, places));
        var (lowest, highest) = (ValueAt((ulong[])ranks.Clone(), from), ValueAt((ulong[])ranks.Clone(), from + count - 1));
        var before = 0;
        var near = new List<int>(count);
        for (var n = 0; n < numbers.Length; n++)
        {
            if (ranks[n] < lowest)
                before++;
            else if (ranks[n] <= highest)
                near.Add(numbers[n]);
        }
        int[] sorted = [.. near];
        Sort(by, sorted, places);
        return sorted[(from - before)..(from - before + count)];
    }

    /// <summary>The number of items that sort before a place, which need not be that of an item.</summary>
    /// <param name="place">The place.</param>
    /// <param name="places">The sort values of all items.</param>
    /// <param name="orAt">Whether an item at exactly this place counts as well.</param>
    public int RankOf(in Place place, Places places, bool orAt = false)
    {
        if (blocks.Length == 0)
            return 0;
        var block = BlockOf(blocks, place, places);
        var rank = RankIn(blocks[block], place, places);
        var isThere = orAt && rank < blocks[block].Length && places.Compare(by, blocks[block][rank], place) == 0;
        return before[block] + rank + (isThere ? 1 : 0);
    }

    /// <summary>Walks the order and collects items that meet a test, until there are enough.</summary>
    /// <param name="from">The lowest rank, from 0.</param>
    /// <param name="to">One above the highest.</param>
    /// <param name="descending">Whether to start at the highest rank.</param>
    /// <param name="skip">How many items that meet the test to skip first.</param>
    /// <param name="taken">Receives the numbers of the items.</param>
    /// <param name="test">The test.</param>
    /// <returns>The number of items collected.</returns>
    public int Take<TTest>(int from, int to, bool descending, int skip, Span<int> taken, TTest test)
        where TTest : struct, ITest
    {
        if (from >= to || taken.IsEmpty)
            return 0;
        var (count, step) = (0, descending ? -1 : 1);
        var rank = descending ? to - 1 : from;
        for (var block = BlockAt(rank); block >= 0 && block < blocks.Length; block += step)
        {
            var numbers = blocks[block];
            var last = descending ? Math.Max(from - before[block], 0) : Math.Min(to - before[block], numbers.Length) - 1;
            for (var n = rank - before[block]; descending ? n >= last : n <= last; n += step)
            {
                if (!test.Holds(numbers[n]))
                    continue;
                if (skip > 0)
                    skip--;
                else
                    taken[count++] = numbers[n];
                if (count == taken.Length)
                    return count;
            }
            rank = descending ? before[block] - 1 : before[block] + numbers.Length;
            if (descending ? rank < from : rank >= to)
                break;
        }
        return count;
    }

    /// <summary>The order after removing and adding items. Each changed block is copied once.</summary>
    /// <param name="removed">Items in the order.</param>
    /// <param name="old">The sort values of the removed items.</param>
    /// <param name="added">Items not in the order, or also among the removed ones.</param>
    /// <param name="places">The sort values of the added items.</param>
    public Order With(IReadOnlyCollection<int> removed, Places old, IReadOnlyCollection<int> added, Places places)
    {
        List<int[]> left = [.. blocks];
        foreach (var block in removed.GroupBy(number => BlockOf(blocks, old[number], old)))
        {
            var gone = block.ToHashSet();
            left[block.Key] = Array.FindAll(blocks[block.Key], number => !gone.Contains(number));
        }
        left.RemoveAll(block => block.Length == 0);
        if (left.Count == 0)
            left.Add([]);
        int[] sorted = [.. added];
        Sort(by, sorted, places);
        var next = new List<int[]>(left.Count + 1);
        var remaining = sorted.AsSpan();
        for (var n = 0; n < left.Count; )
        {
            var block = remaining.IsEmpty ? left.Count : BlockOf(left, places[remaining[0]], places);
            next.AddRange(left[n..block]);
            n = block + 1;
            if (remaining.IsEmpty)
                break;
            // Items that sort before the next block belong to this one.
            var count = n == left.Count ? remaining.Length : RankIn(remaining, places[left[n][0]], places);
            next.AddRange(Split(Merged(left[block], remaining[..count], places)));
            remaining = remaining[count..];
        }
        return new(by, next.Count == 1 && next[0].Length == 0 ? [] : next);
    }

    private static IEnumerable<int[]> Split(int[] grown) => grown.Length < 2 * Block ? [grown] : grown.Chunk(Block);

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

    // The value at a rank if all values were sorted (Hoare's selection). After too many steps, the remaining values are sorted.
    private static ulong ValueAt(Span<ulong> values, int rank)
    {
        for (var steps = 0; values.Length > 32 && steps < 64; steps++)
        {
            var pivot = Median(values[0], values[values.Length / 2], values[^1]);
            var (low, high) = (0, values.Length - 1);
            while (low <= high)
            {
                while (values[low] < pivot)
                    low++;
                while (values[high] > pivot)
                    high--;
                if (low > high)
                    break;
                (values[low], values[high]) = (values[high], values[low]);
                (low, high) = (low + 1, high - 1);
            }
            // The values between the two ends equal the pivot.
            if (rank <= high)
            {
                values = values[..(high + 1)];
                continue;
            }
            if (rank < low)
                return pivot;
            values = values[low..];
            rank -= low;
        }
        values.Sort();
        return values[rank];
    }

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    // A numeric sort key: an item that sorts before another never has a higher key.
    private static ulong SortKeyOf(SortBy by, int number, Places places)
    {
        if (by != SortBy.Title)
            return (ulong)(by == SortBy.First ? places.First(number) : places.Second(number)) ^ (1UL << 63);
        Span<byte> beginning = stackalloc byte[sizeof(ulong)];
        var title = places.Title(number);
        title[..Math.Min(title.Length, beginning.Length)].CopyTo(beginning);
        return BinaryPrimitives.ReadUInt64BigEndian(beginning);
    }

    // The block that contains a rank.
    private int BlockAt(int rank)
    {
        var found = before.AsSpan().BinarySearch(rank);
        return found >= 0 ? found : ~found - 1;
    }

    // The last block that starts at or before a place; the first block when there is none.
    private int BlockOf(IReadOnlyList<int[]> all, in Place place, Places places)
    {
        var (low, high) = (0, all.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (places.Compare(by, all[middle][0], place) <= 0)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private int RankIn(ReadOnlySpan<int> block, in Place place, Places places)
    {
        var (low, high) = (0, block.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (places.Compare(by, block[middle], place) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
