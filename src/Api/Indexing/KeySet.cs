using System.Runtime.InteropServices;

namespace Api.Indexing;

/// <summary>A set of items, by their numbers in the database (1 and up, with gaps). Immutable: another version shares the chunks that are the same.</summary>
internal sealed class KeySet
{
    /// <summary>Nobody.</summary>
    public static readonly KeySet Empty = new([], []);

    // Of the chunks that have members: their numbers' upper bits, ascending, and the chunks.
    private readonly int[] highs;
    private readonly KeySetChunk[] chunks;

    private KeySet(int[] highs, KeySetChunk[] chunks)
    {
        (this.highs, this.chunks) = (highs, chunks);
        foreach (var chunk in chunks) Count += chunk.Count;
    }

    /// <summary>How many members it has.</summary>
    public int Count { get; }

    /// <summary>The set of some numbers, ascending and distinct.</summary>
    public static KeySet Of(ReadOnlySpan<int> ascending) => Empty.With(ascending, []);

    public bool Contains(int number)
    {
        var place = highs.AsSpan().BinarySearch(number >> 16);
        return place >= 0 && chunks[place].Contains((ushort)number);
    }

    /// <summary>Its members, ascending.</summary>
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

    /// <summary>The same with other members.</summary>
    /// <param name="added">Ascending and distinct; may be members already.</param>
    /// <param name="removed">Ascending and distinct; need not be members. Who is in both is a member afterwards.</param>
    public KeySet With(ReadOnlySpan<int> added, ReadOnlySpan<int> removed)
    {
        if (added.IsEmpty && removed.IsEmpty) return this;
        var result = new Builder(chunks.Length + 1);
        var place = 0;
        while (place < chunks.Length || !added.IsEmpty || !removed.IsEmpty)
        {
            var high = Math.Min(place < chunks.Length ? highs[place] : int.MaxValue, Math.Min(HighOf(added), HighOf(removed)));
            var more = Take(ref added, high);
            var fewer = Take(ref removed, high);
            var chunk = place < chunks.Length && highs[place] == high ? chunks[place++] : null;
            result.Add(high, more.Length + fewer.Length == 0 ? chunk : chunk is null ? KeySetChunk.Of(more) : chunk.With(more, fewer));
        }
        return result.ToSet();
    }

    /// <summary>The members of both.</summary>
    public static KeySet And(KeySet one, KeySet other)
    {
        var result = new Builder(Math.Min(one.chunks.Length, other.chunks.Length));
        foreach (var (high, a, b) in Both(one, other)) result.Add(high, KeySetChunk.And(a, b));
        return result.ToSet();
    }

    /// <summary>The members of one that are not in the other.</summary>
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

    /// <summary>The members of either.</summary>
    public static KeySet Or(KeySet one, KeySet other)
    {
        var result = new Builder(one.chunks.Length + other.chunks.Length);
        var (a, b) = (0, 0);
        while (a < one.chunks.Length || b < other.chunks.Length)
        {
            var high = Math.Min(a < one.highs.Length ? one.highs[a] : int.MaxValue, b < other.highs.Length ? other.highs[b] : int.MaxValue);
            var mine = a < one.highs.Length && one.highs[a] == high ? one.chunks[a++] : null;
            var its = b < other.highs.Length && other.highs[b] == high ? other.chunks[b++] : null;
            result.Add(high, mine is null ? its : its is null ? mine : KeySetChunk.Or(mine, its));
        }
        return result.ToSet();
    }

    /// <summary>The members of any of some sets.</summary>
    public static KeySet Or(IReadOnlyList<KeySet> sets)
    {
        if (sets.Count == 1) return sets[0];
        var places = new int[sets.Count];
        var result = new Builder(16);
        var here = new List<KeySetChunk>(sets.Count);
        while (true)
        {
            var high = int.MaxValue;
            for (var n = 0; n < sets.Count; n++) if (places[n] < sets[n].highs.Length) high = Math.Min(high, sets[n].highs[places[n]]);
            if (high == int.MaxValue) return result.ToSet();
            here.Clear();
            for (var n = 0; n < sets.Count; n++) if (places[n] < sets[n].highs.Length && sets[n].highs[places[n]] == high) here.Add(sets[n].chunks[places[n]++]);
            result.Add(high, KeySetChunk.Or(here));
        }
    }

    /// <summary>The same set, fit to be counted with many others: it takes more memory.</summary>
    public KeySet Dense() => new(highs, Array.ConvertAll(chunks, chunk => chunk.Dense()));

    /// <summary>The members for which a test holds.</summary>
    public KeySet Where<TTest>(TTest test)
        where TTest : struct, ITest
    {
        var result = new Builder(chunks.Length);
        for (var place = 0; place < chunks.Length; place++) result.Add(highs[place], chunks[place].Where(highs[place] << 16, test));
        return result.ToSet();
    }

    /// <summary>How many members both have.</summary>
    public static int CountAnd(KeySet one, KeySet other)
    {
        var count = 0;
        foreach (var (_, a, b) in Both(one, other)) count += KeySetChunk.CountAnd(a, b);
        return count;
    }

    private static IEnumerable<(int High, KeySetChunk One, KeySetChunk Other)> Both(KeySet one, KeySet other)
    {
        for (int a = 0, b = 0; a < one.chunks.Length && b < other.chunks.Length;)
        {
            var (x, y) = (one.highs[a], other.highs[b]);
            if (x == y) yield return (x, one.chunks[a], other.chunks[b]);
            if (x <= y) a++;
            if (y <= x) b++;
        }
    }

    private static int HighOf(ReadOnlySpan<int> numbers) => numbers.IsEmpty ? int.MaxValue : numbers[0] >> 16;

    // The lower bits of the first numbers that have these upper bits, which are taken away from the others.
    private static ReadOnlySpan<ushort> Take(ref ReadOnlySpan<int> numbers, int high)
    {
        var count = 0;
        while (count < numbers.Length && numbers[count] >> 16 == high) count++;
        if (count == 0) return [];
        var lows = new ushort[count];
        for (var n = 0; n < count; n++) lows[n] = (ushort)numbers[n];
        numbers = numbers[count..];
        return lows;
    }

    /// <summary>Makes a set of numbers as they come, ascending and distinct; holds no more than a chunk of them beside what is made.</summary>
    public sealed class Growing
    {
        private readonly List<int> highs = [];
        private readonly List<KeySetChunk> chunks = [];
        private readonly List<ushort> lows = [];

        /// <summary>Adds a number, which is higher than all before.</summary>
        public void Add(int number)
        {
            if (lows.Count > 0 && highs[^1] != number >> 16) Close();
            if (lows.Count == 0) highs.Add(number >> 16);
            lows.Add((ushort)number);
        }

        /// <summary>The set; nothing may be added any more.</summary>
        public KeySet ToSet()
        {
            if (lows.Count > 0) Close();
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
            if (chunk is null) return;
            highs.Add(high);
            chunks.Add(chunk);
        }

        public readonly KeySet ToSet() => chunks.Count == 0 ? Empty : new([.. highs], [.. chunks]);
    }
}
