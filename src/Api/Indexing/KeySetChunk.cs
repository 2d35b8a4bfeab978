using System.Numerics;

namespace Api.Indexing;

/// <summary>
/// The members of a <see cref="KeySet"/> that share their upper bits: a sorted array of their lower 16 bits or, when there are many, a
/// bitmap of all possible values. Immutable, 8 KB at most.
/// </summary>
/// <remarks>
/// The two containers of Roaring bitmaps (Lemire and others, "Roaring Bitmaps: Implementation of an Optimized Software Library", 2018,
/// section 2).
/// </remarks>
internal sealed class KeySetChunk
{
    /// <summary>The most members of a chunk.</summary>
    public const int Size = 1 << 16;

    /// <summary>The length of its bitmap.</summary>
    public const int Words = Size / 64;

    private const int MostSorted = 4096;

    private readonly ushort[]? sorted;
    private readonly ulong[]? bits;

    private KeySetChunk(ushort[] sorted) => (this.sorted, Count) = (sorted, sorted.Length);

    private KeySetChunk(ulong[] bits, int count) => (this.bits, Count) = (bits, count);

    /// <summary>The number of members, 1 to <see cref="Size"/>.</summary>
    public int Count { get; }

    /// <summary>The chunk of some numbers, ascending and distinct; null for none.</summary>
    public static KeySetChunk? Of(ReadOnlySpan<ushort> ascending)
    {
        if (ascending.Length <= MostSorted)
            return ascending.IsEmpty ? null : new(ascending.ToArray());
        var bits = new ulong[Words];
        foreach (var low in ascending)
            bits[low >> 6] |= 1UL << low;
        return new(bits, ascending.Length);
    }

    /// <summary>
    /// The chunk of the numbers whose bits are set in a bitmap, which may be shorter than <see cref="Words"/>; null for none.
    /// </summary>
    public static KeySetChunk? Of(ReadOnlySpan<ulong> bitmap)
    {
        var count = 0;
        foreach (var word in bitmap)
            count += BitOperations.PopCount(word);
        if (count == 0)
            return null;
        if (count > MostSorted)
        {
            var bits = new ulong[Words];
            bitmap.CopyTo(bits);
            return new(bits, count);
        }
        var sorted = new ushort[count];
        var n = 0;
        for (var word = 0; word < bitmap.Length; word++)
        {
            for (var left = bitmap[word]; left != 0; left &= left - 1)
                sorted[n++] = (ushort)((word << 6) | BitOperations.TrailingZeroCount(left));
        }
        return new(sorted);
    }

    /// <summary>Sets the bits of the members in a bitmap; members beyond it are left out.</summary>
    public void AddTo(Span<ulong> bitmap)
    {
        if (sorted is not null)
        {
            foreach (var low in sorted)
            {
                if (low >> 6 >= bitmap.Length)
                    return;
                bitmap[low >> 6] |= 1UL << low;
            }
            return;
        }
        for (var word = 0; word < Math.Min(Words, bitmap.Length); word++)
            bitmap[word] |= bits![word];
    }

    public bool Contains(ushort low) => bits is not null ? (bits[low >> 6] >> low & 1) != 0 : sorted.AsSpan().BinarySearch(low) >= 0;

    /// <summary>
    /// Writes the members, ascending, each with the upper bits <paramref name="high"/>; <paramref name="numbers"/> has room for them.
    /// </summary>
    public void CopyTo(Span<int> numbers, int high)
    {
        var n = 0;
        if (sorted is not null)
        {
            foreach (var low in sorted)
                numbers[n++] = high | low;
            return;
        }
        for (var word = 0; word < Words; word++)
        {
            for (var left = bits![word]; left != 0; left &= left - 1)
                numbers[n++] = high | (word << 6) | BitOperations.TrailingZeroCount(left);
        }
    }

    /// <summary>The members for which a test of their numbers holds, with the upper bits <paramref name="high"/>; null for none.</summary>
    public KeySetChunk? Where<TTest>(int high, TTest test)
        where TTest : struct, ITest
    {
        if (sorted is not null)
        {
            Span<ushort> kept = stackalloc ushort[sorted.Length];
            var n = 0;
            foreach (var low in sorted)
                if (test.Holds(high | low))
                    kept[n++] = low;
            return Of(kept[..n]);
        }
        var left = new ulong[Words];
        for (var word = 0; word < Words; word++)
        {
            var held = 0UL;
            for (var all = bits![word]; all != 0; all &= all - 1)
            {
                var bit = BitOperations.TrailingZeroCount(all);
                if (test.Holds(high | (word << 6) | bit))
                    held |= 1UL << bit;
            }
            left[word] = held;
        }
        return Fit(left);
    }

    /// <summary>The same members as a bitmap, however few there are, to count intersections with many other chunks.</summary>
    public KeySetChunk Dense() => bits is null ? new(ToBits(), Count) : this;

    /// <summary>The union of several chunks; null for none.</summary>
    public static KeySetChunk? Or(List<KeySetChunk> chunks)
    {
        if (chunks.Count < 2)
            return chunks.Count == 0 ? null : chunks[0];
        var all = new ulong[Words];
        foreach (var chunk in chunks)
        {
            if (chunk.sorted is { } few)
                foreach (var low in few)
                    all[low >> 6] |= 1UL << low;
            else
                for (var word = 0; word < Words; word++)
                    all[word] |= chunk.bits![word];
        }
        return Fit(all);
    }

    /// <summary>The intersection of two chunks; null for none.</summary>
    public static KeySetChunk? And(KeySetChunk one, KeySetChunk other)
    {
        if (one.sorted is { } few)
            return Where(few, other, isIn: true);
        if (other.sorted is { } fewer)
            return Where(fewer, one, isIn: true);
        var bits = new ulong[Words];
        for (var word = 0; word < Words; word++)
            bits[word] = one.bits![word] & other.bits![word];
        return Fit(bits);
    }

    /// <summary>The members of one chunk that are not in the other; null for none.</summary>
    public static KeySetChunk? AndNot(KeySetChunk one, KeySetChunk other)
    {
        if (one.sorted is { } few)
            return Where(few, other, isIn: false);
        var bits = one.ToBits();
        if (other.sorted is { } fewer)
            foreach (var low in fewer)
                bits[low >> 6] &= ~(1UL << low);
        else
            for (var word = 0; word < Words; word++)
                bits[word] &= ~other.bits![word];
        return Fit(bits);
    }

    /// <summary>The union of two chunks.</summary>
    public static KeySetChunk Or(KeySetChunk one, KeySetChunk other)
    {
        if (one.Count + other.Count <= MostSorted)
            return Merge(one.sorted!, other.sorted!);
        var bits = one.ToBits();
        if (other.sorted is { } few)
            foreach (var low in few)
                bits[low >> 6] |= 1UL << low;
        else
            for (var word = 0; word < Words; word++)
                bits[word] |= other.bits![word];
        return Fit(bits)!;
    }

    /// <summary>The size of the intersection of two chunks.</summary>
    public static int CountAnd(KeySetChunk one, KeySetChunk other)
    {
        if (one.sorted is null && other.sorted is null)
        {
            var count = 0;
            for (var word = 0; word < Words; word++)
                count += BitOperations.PopCount(one.bits![word] & other.bits![word]);
            return count;
        }
        var (few, many) = one.sorted is null || (other.sorted is not null && other.Count < one.Count) ? (other, one) : (one, other);
        if (many.sorted is { } sorted && sorted.Length < 32 * few.Count)
            return CountMerged(few.sorted!, sorted);
        var found = 0;
        if (many.bits is { } all)
            foreach (var low in few.sorted!)
                found += (int)(all[low >> 6] >> low & 1);
        else
            foreach (var low in few.sorted!)
                if (many.Contains(low))
                    found++;
        return found;
    }

    /// <summary>The chunk after adding and removing members; null for none.</summary>
    /// <param name="added">Ascending and distinct; may be members already.</param>
    /// <param name="removed">
    /// Ascending and distinct; may be missing from the chunk. A number that is both added and removed is a member.
    /// </param>
    public KeySetChunk? With(ReadOnlySpan<ushort> added, ReadOnlySpan<ushort> removed)
    {
        if (bits is null && Count + added.Length <= MostSorted)
        {
            var gone = Of(removed);
            var left = gone is null ? this : AndNot(this, gone);
            return Of(added) is not { } more ? left
                : left is null ? more
                : Or(left, more);
        }
        var copy = ToBits();
        foreach (var low in removed)
            copy[low >> 6] &= ~(1UL << low);
        foreach (var low in added)
            copy[low >> 6] |= 1UL << low;
        return Fit(copy);
    }

    private ulong[] ToBits()
    {
        if (bits is not null)
            return (ulong[])bits.Clone();
        var copy = new ulong[Words];
        foreach (var low in sorted!)
            copy[low >> 6] |= 1UL << low;
        return copy;
    }

    private static KeySetChunk? Where(ushort[] few, KeySetChunk other, bool isIn)
    {
        Span<ushort> kept = stackalloc ushort[few.Length];
        var n = 0;
        foreach (var low in few)
            if (other.Contains(low) == isIn)
                kept[n++] = low;
        return Of(kept[..n]);
    }

    private static KeySetChunk Merge(ushort[] one, ushort[] other)
    {
        Span<ushort> all = stackalloc ushort[one.Length + other.Length];
        var (a, b, n) = (0, 0, 0);
        while (a < one.Length || b < other.Length)
        {
            var low = b == other.Length || (a < one.Length && one[a] <= other[b]) ? one[a] : other[b];
            if (a < one.Length && one[a] == low)
                a++;
            if (b < other.Length && other[b] == low)
                b++;
            all[n++] = low;
        }
        return Of(all[..n])!;
    }

    private static int CountMerged(ushort[] one, ushort[] other)
    {
        var (a, b, count) = (0, 0, 0);
        while (a < one.Length && b < other.Length)
        {
            if (one[a] == other[b])
                count++;
            var (x, y) = (one[a], other[b]);
            if (x <= y)
                a++;
            if (y <= x)
                b++;
        }
        return count;
    }

    // Converts a bitmap with few members back into a sorted array.
    private static KeySetChunk? Fit(ulong[] bits)
    {
        var count = 0;
        foreach (var word in bits)
            count += BitOperations.PopCount(word);
        if (count > MostSorted)
            return new(bits, count);
        Span<ushort> sorted = stackalloc ushort[count];
        var n = 0;
        for (var word = 0; word < Words; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
                sorted[n++] = (ushort)((word << 6) | BitOperations.TrailingZeroCount(left));
        }
        return Of(sorted);
    }
}
