using System.Runtime.InteropServices;

namespace Api.Indexing;

/// <summary>
/// A posting list: the set of items of a key, by their numbers in the database (1 and up, with gaps). Immutable: a new version shares the
/// unchanged chunks.
/// </summary>
internal sealed class KeySet
{
    /// <summary>The empty set.</summary>
    public static readonly KeySet Empty = new([], []);

    // The non-empty chunks and the upper bits of their numbers, ascending.
    private readonly int[] highs;
    private readonly KeySetChunk[] chunks;

    private KeySet(int[] highs, KeySetChunk[] chunks)
    {
        (this.highs, this.chunks) = (highs, chunks);
        foreach (var chunk in chunks)
            Count += chunk.Count;
    }

    /// <summary>The number of members.</summary>
    public int Count { get; }

    /// <summary>The set of some numbers, ascending and distinct.</summary>
    public static KeySet Of(ReadOnlySpan<int> ascending) => Empty.With(ascending, []);

    /// <summary>The set of the numbers whose bits are set in a bitmap; bit n of the first element is the number n.</summary>
    public static KeySet Of(ReadOnlySpan<ulong> bitmap)
    {
        var result = new Builder((bitmap.Length / KeySetChunk.Words) + 1);
        for (var high = 0; !bitmap.IsEmpty; high++)
        {
            var length = Math.Min(KeySetChunk.Words, bitmap.Length);
            result.Add(high, KeySetChunk.Of(bitmap[..length]));
            bitmap = bitmap[length..];
        }
        return result.ToSet();
    }

    /// <summary>Sets the bits of the members in a bitmap; members beyond it are left out.</summary>
    public void AddTo(Span<ulong> bitmap)
    {
        for (var place = 0; place < chunks.Length && (long)highs[place] * KeySetChunk.Words < bitmap.Length; place++)
            chunks[place].AddTo(bitmap[(highs[place] * KeySetChunk.Words)..]);
    }

    public bool Contains(int number)
    {
        var place = highs.AsSpan().BinarySearch(number >> 16);
        return place >= 0 && chunks[place].Contains((ushort)number);
    }

    /// <summary>The members, ascending.</summary>
    public int[] ToArray()
    {
        var numbers = new int[Count];
        var n = 0;
        for (var place = 0; place < chunks.Length; place++)
        {
            chunks[place].CopyTo(numbers.AsSpan(n), highs[place] << 16);
            n += chunks[place].Count;
        }
        return numbers;
    }

    /// <summary>The set after adding and removing members.</summary>
    /// <param name="added">Ascending and distinct; may be members already.</param>
    /// <param name="removed">
    /// Ascending and distinct; may be missing from the set. A number that is both added and removed is a member.
    /// </param>
    public KeySet With(ReadOnlySpan<int> added, ReadOnlySpan<int> removed)
    {
        if (added.IsEmpty && removed.IsEmpty)
            return this;
        var result = new Builder(chunks.Length + 1);
        var place = 0;
        while (place < chunks.Length || !added.IsEmpty || !removed.IsEmpty)
        {
            var high = Math.Min(place < chunks.Length ? highs[place] : int.MaxValue, Math.Min(HighOf(added), HighOf(removed)));
            var more = Take(ref added, high);
            var fewer = Take(ref removed, high);
            var chunk = place < chunks.Length && highs[place] == high ? chunks[place++] : null;
            result.Add(
                high,
                more.Length + fewer.Length == 0 ? chunk
                    : chunk is null ? KeySetChunk.Of(more)
                    : chunk.With(more, fewer)
            );
        }
        return result.ToSet();
    }

    /// <summary>The intersection of two sets.</summary>
    public static KeySet And(KeySet one, KeySet other)
    {
        var result = new Builder(Math.Min(one.chunks.Length, other.chunks.Length));
        foreach (var (high, a, b) in Both(one, other))
            result.Add(high, KeySetChunk.And(a, b));
        return result.ToSet();
    }

    /// <summary>The members of one set that are not in the other.</summary>
    public static KeySet AndNot(KeySet one, KeySet other)
    {
        var result = new Builder(one.chunks.Length);
        for (var place = 0; place < one.chunks.Length; place++)
        {
            var found = other.highs.AsSpan().BinarySearch(one.highs[place]);
            result.Add(one.highs[place], found < 0 ? one.chunks[place] : KeySetChunk.AndNot(one.chunks[place], other.chunks[found]));
        }
        return result.ToSet();
    }

    /// <summary>The union of two sets.</summary>
    public static KeySet Or(KeySet one, KeySet other)
    {
        var result = new Builder(one.chunks.Length + other.chunks.Length);
        var (a, b) = (0, 0);
        while (a < one.chunks.Length || b < other.chunks.Length)
        {
            var high = Math.Min(a < one.highs.Length ? one.highs[a] : int.MaxValue, b < other.highs.Length ? other.highs[b] : int.MaxValue);
            var mine = a < one.highs.Length && one.highs[a] == high ? one.chunks[a++] : null;
            var its = b < other.highs.Length && other.highs[b] == high ? other.chunks[b++] : null;
            result.Add(
                high,
                mine is null ? its
                    : its is null ? mine
                    : KeySetChunk.Or(mine, its)
            );
        }
        return result.ToSet();
    }

    /// <summary>The union of several sets.</summary>
    public static KeySet Or(IReadOnlyList<KeySet> sets)
    {
        if (sets.Count == 1)
            return sets[0];
        var places = new int[sets.Count];
        var result = new Builder(16);
        var here = new List<KeySetChunk>(sets.Count);
        while (true)
        {
            var high = int.MaxValue;
            for (var n = 0; n < sets.Count; n++)
                if (places[n] < sets[n].highs.Length)
                    high = Math.Min(high, sets[n].highs[places[n]]);
            if (high == int.MaxValue)
                return result.ToSet();
            here.Clear();
            for (var n = 0; n < sets.Count; n++)
                if (places[n] < sets[n].highs.Length && sets[n].highs[places[n]] == high)
                    here.Add(sets[n].chunks[places[n]++]);
            result.Add(high, KeySetChunk.Or(here));
        }
    }

    /// <summary>
    /// The same set with all chunks as bitmaps. It takes more memory, but its intersections with many other sets are counted faster.
    /// </summary>
    public KeySet Dense() => new(highs, Array.ConvertAll(chunks, chunk => chunk.Dense()));

    /// <summary>The members for which a test holds.</summary>
    public KeySet Where<TTest>(TTest test)
        where TTest : struct, ITest
    {
        var result = new Builder(chunks.Length);
        for (var place = 0; place < chunks.Length; place++)
            result.Add(highs[place], chunks[place].Where(highs[place] << 16, test));
        return result.ToSet();
    }

    /// <summary>The size of the intersection of two sets.</summary>
    public static int CountAnd(KeySet one, KeySet other)
    {
        var count = 0;
        foreach (var (_, a, b) in Both(one, other))
            count += KeySetChunk.CountAnd(a, b);
        return count;
    }

    private static IEnumerable<(int High, KeySetChunk One, KeySetChunk Other)> Both(KeySet one, KeySet other)
    {
        for (int a = 0, b = 0; a < one.chunks.Length && b < other.chunks.Length; )
        {
            var (x, y) = (one.highs[a], other.highs[b]);
            if (x == y)
                yield return (x, one.chunks[a], other.chunks[b]);
            if (x <= y)
                a++;
            if (y <= x)
                b++;
        }
    }

    private static int HighOf(ReadOnlySpan<int> numbers) => numbers.IsEmpty ? int.MaxValue : numbers[0] >> 16;

    // Removes the leading numbers that have these upper bits, and returns their lower bits.
    private static ReadOnlySpan<ushort> Take(ref ReadOnlySpan<int> numbers, int high)
    {
        var count = 0;
        while (count < numbers.Length && numbers[count] >> 16 == high)
            count++;
        if (count == 0)
            return [];
        var lows = new ushort[count];
        for (var n = 0; n < count; n++)
            lows[n] = (ushort)numbers[n];
        numbers = numbers[count..];
        return lows;
    }

    /// <summary>
    /// Builds a set from a stream of ascending, distinct numbers. Beside the result, it buffers at most one chunk of them.
    /// </summary>
    public sealed class Growing
    {
        private readonly List<int> highs = [];
        private readonly List<KeySetChunk> chunks = [];
        private readonly List<ushort> lows = [];

        /// <summary>Adds a number; it is higher than all numbers before.</summary>
        public void Add(int number)
        {
            if (lows.Count > 0 && highs[^1] != number >> 16)
                Close();
            if (lows.Count == 0)
                highs.Add(number >> 16);
            lows.Add((ushort)number);
        }

        /// <summary>The set; no number may be added afterwards.</summary>
        public KeySet ToSet()
        {
            if (lows.Count > 0)
                Close();
            return chunks.Count == 0 ? Empty : new([.. highs], [.. chunks]);
        }

        private void Close()
        {
            chunks.Add(KeySetChunk.Of(CollectionsMarshal.AsSpan(lows))!);
            lows.Clear();
        }
    }

    private struct Builder(int most)
    {
        private readonly List<int> highs = new(most);
        private readonly List<KeySetChunk> chunks = new(most);

        public readonly void Add(int high, KeySetChunk? chunk)
        {
            if (chunk is null)
                return;
            highs.Add(high);
            chunks.Add(chunk);
        }

        public readonly KeySet ToSet() => chunks.Count == 0 ? Empty : new([.. highs], [.. chunks]);
    }
}
