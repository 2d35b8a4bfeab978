using System.Collections.Immutable;
using Api.Indexing;

namespace Api.Listing;

/// <summary>The visible items of a resource. Immutable.</summary>
/// <param name="Items">The items.</param>
/// <param name="Expiring">The items that will expire, by number, each with the clock's timestamp at which it expires.</param>
internal sealed record ItemList(ItemIndex Items, ImmutableDictionary<int, (long Due, IReadOnlyList<int> Keys)> Expiring)
{
    /// <summary>The timestamp of the clock at which the next item expires.</summary>
    public long NextDue { get; } = Expiring.IsEmpty ? long.MaxValue : Expiring.Values.Min(one => one.Due);

    /// <summary>The list after a change.</summary>
    public ItemList After(ItemListDelta delta)
    {
        if (delta.Left.Count == 0)
            return this;
        var changed = delta.Left.Select(change => change.Number).Distinct();
        return new(Items.With(delta.Present, delta.Gone, delta.Left), Expiring.RemoveRange(changed).SetItems(delta.Expiring));
    }

    /// <summary>The list without the items that have expired by a timestamp.</summary>
    public ItemList At(long timestamp)
    {
        var over = Expiring.Where(one => one.Value.Due <= timestamp).ToList();
        if (over.Count == 0)
            return this;
        int[] numbers = [.. over.Select(one => one.Key)];
        return new(Items.With([], numbers, over.Select(one => (one.Key, one.Value.Keys))), Expiring.RemoveRange(numbers));
    }
}

/// <summary>The changes of a list.</summary>
internal sealed record ItemListDelta
{
    /// <summary>The changed items that are visible.</summary>
    public IReadOnlyList<IndexedItem> Present { get; init; } = [];

    /// <summary>The numbers of the changed items that are not visible.</summary>
    public IReadOnlyCollection<int> Gone => [.. Left.Select(change => change.Number).Except(Present.Select(item => item.Number))];

    /// <summary>For each change, the item and the keys it had before or has now.</summary>
    public IReadOnlyList<(int Number, IReadOnlyList<int> Keys)> Left { get; init; } = [];

    /// <summary>The items of <see cref="Present"/> that will expire, with the timestamps.</summary>
    public IReadOnlyDictionary<int, (long Due, IReadOnlyList<int> Keys)> Expiring { get; init; } =
        ImmutableDictionary<int, (long, IReadOnlyList<int>)>.Empty;
}
