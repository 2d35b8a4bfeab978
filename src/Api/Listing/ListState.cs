using System.Collections.Immutable;
using Api.Indexing;

namespace Api.Listing;

/// <summary>The lists of a resource as of one sequence. Immutable.</summary>
/// <param name="Sequence">The content's sequence: all changes up to it are in, and no later one.</param>
/// <param name="ReferenceSequence">That of the last change of a name.</param>
/// <param name="Items">The visible items.</param>
/// <param name="Keys">What their keys stand for.</param>
/// <param name="Expiring">Those that will expire, by number, each with the clock's timestamp before which it does not.</param>
internal sealed record ListState(long Sequence, long ReferenceSequence, ItemIndex Items, KeyTable Keys, ImmutableDictionary<int, (long Due, IReadOnlyList<int> Keys)> Expiring)
{
    /// <summary>The timestamp at which the next item expires.</summary>
    public long NextDue { get; } = Expiring.IsEmpty ? long.MaxValue : Expiring.Values.Min(one => one.Due);

    /// <summary>The state after a change.</summary>
    public ListState After(ListDelta delta)
    {
        if (delta.Sequence <= Sequence) return this;
        var keys = delta.AllKeys ?? Keys.With(delta.MoreKeys);
        if (delta.Left.Count == 0) return this with { Sequence = delta.Sequence, ReferenceSequence = delta.ReferenceSequence, Keys = keys };
        var there = delta.Present.Select(item => item.Number).ToHashSet();
        int[] changed = [.. delta.Left.Select(change => change.Number).Distinct()];
        return new(
            delta.Sequence, delta.ReferenceSequence, Items.With(delta.Present, [.. changed.Where(number => !there.Contains(number))], delta.Left), keys,
            Expiring.RemoveRange(changed).SetItems(delta.Expiring));
    }

    /// <summary>The state without what has expired by a timestamp.</summary>
    public ListState At(long timestamp)
    {
        var over = Expiring.Where(one => one.Value.Due <= timestamp).ToList();
        if (over.Count == 0) return this;
        int[] numbers = [.. over.Select(one => one.Key)];
        return this with { Items = Items.With([], numbers, over.Select(one => (one.Key, one.Value.Keys))), Expiring = Expiring.RemoveRange(numbers) };
    }
}

/// <summary>What has changed in a list.</summary>
internal sealed record ListDelta
{
    /// <summary>The content's sequence after it.</summary>
    public required long Sequence { get; init; }

    /// <summary>That of the last change of a name.</summary>
    public required long ReferenceSequence { get; init; }

    /// <summary>The items that have changed and are visible.</summary>
    public IReadOnlyList<IndexedItem> Present { get; init; } = [];

    /// <summary>Of each change the item and the keys it was or is found under.</summary>
    public IReadOnlyList<(int Number, IReadOnlyList<int> Keys)> Left { get; init; } = [];

    /// <summary>Those of <see cref="Present"/> that will expire, with the timestamps.</summary>
    public IReadOnlyDictionary<int, (long Due, IReadOnlyList<int> Keys)> Expiring { get; init; } = ImmutableDictionary<int, (long, IReadOnlyList<int>)>.Empty;

    /// <summary>All keys there are; null when they are the same but for <see cref="MoreKeys"/>.</summary>
    public KeyTable? AllKeys { get; init; }

    /// <summary>Keys that are new.</summary>
    public IReadOnlyCollection<KeyRow> MoreKeys { get; init; } = [];
}
