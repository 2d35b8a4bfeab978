using System.Numerics;

namespace Api.Words.Postings;

/// <summary>The members of a set in ascending order, and the place of each among them. Dispose of it once.</summary>
internal sealed class Ranks : IDisposable
{
    private readonly Bits set;
    private readonly Pooled<int> before;
    private readonly Pooled<int> items;

    /// <param name="set">The set, which must not change or be disposed of as long as the ranks are used.</param>
    public Ranks(Bits set)
    {
        this.set = set;
        var words = set.Words;
        before = new Pooled<int>(words.Length);
        var own = before.Span;
        var count = 0;
        for (var n = 0; n < words.Length; n++)
        {
            own[n] = count;
            count += BitOperations.PopCount(words[n]);
        }
        items = new Pooled<int>(count);
        set.CopyTo(items.Span);
    }

    /// <summary>The members.</summary>
    public ReadOnlySpan<int> Items => items.Span;

    /// <summary>The place of a number; -1 when it is no member.</summary>
    public int Of(int number) =>
        set.Contains(number) ? before.Span[number >> 6] + BitOperations.PopCount(set.Words[number >> 6] & ((1UL << number) - 1)) : -1;

    public void Dispose()
    {
        before.Dispose();
        items.Dispose();
    }
}
