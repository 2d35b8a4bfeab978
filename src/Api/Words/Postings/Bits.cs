using System.Buffers;
using System.Numerics;
using Api.Indexing;

namespace Api.Words.Postings;

/// <summary>A set of item numbers as a bitmap of pooled memory, while a search is answered. Dispose of it once.</summary>
/// <param name="size">The highest number and one.</param>
internal sealed class Bits(int size) : IDisposable
{
    private readonly ulong[] words = Cleared((size + 63) / 64);
    private readonly int length = (size + 63) / 64;

    /// <summary>The bitmap: bit n of the first element is the number n.</summary>
    public Span<ulong> Words => words.AsSpan(0, length);

    /// <summary>The number of members.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in Words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>Whether there is a member.</summary>
    public bool Any => Words.ContainsAnyExcept(0UL);

    public bool Contains(int number) => number >> 6 < length && (words[number >> 6] >> number & 1) != 0;

    public void Add(int number) => words[number >> 6] |= 1UL << number;

    public void Remove(int number) => words[number >> 6] &= ~(1UL << number);

    /// <summary>Adds all members of a set below the size.</summary>
    public void Add(KeySet set) => set.AddTo(Words);

    public void Or(Bits other)
    {
        for (var n = 0; n < length; n++)
            words[n] |= other.words[n];
    }

    public void And(Bits other)
    {
        for (var n = 0; n < length; n++)
            words[n] &= other.words[n];
    }

    public void AndNot(Bits other)
    {
        for (var n = 0; n < length; n++)
            words[n] &= ~other.words[n];
    }

    /// <summary>Another bitmap with the same members.</summary>
    public Bits Copy()
    {
        var copy = new Bits(length * 64);
        Words.CopyTo(copy.Words);
        return copy;
    }

    /// <summary>The members, ascending.</summary>
    public int[] ToArray()
    {
        var numbers = new int[Count];
        CopyTo(numbers);
        return numbers;
    }

    /// <summary>Writes the members, ascending, into memory for as many.</summary>
    public void CopyTo(Span<int> numbers)
    {
        var n = 0;
        for (var word = 0; word < length; word++)
        {
            for (var left = words[word]; left != 0; left &= left - 1)
                numbers[n++] = (word << 6) | BitOperations.TrailingZeroCount(left);
        }
    }

    /// <summary>The members as a set of the lists.</summary>
    public KeySet ToSet() => KeySet.Of(Words);

    public void Dispose() => ArrayPool<ulong>.Shared.Return(words);

    private static ulong[] Cleared(int length)
    {
        var words = ArrayPool<ulong>.Shared.Rent(Math.Max(1, length));
        words.AsSpan(0, length).Clear();
        return words;
    }
}
