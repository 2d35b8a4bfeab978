using Api.Indexing;
using Api.Listing;

namespace Api.Related;

/// <summary>Picks items of a topic or an expert from the lists in memory. Pure.</summary>
internal static class Under
{
    /// <summary>The items under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="except">The number of an item to leave out; null for none.</param>
    public static IndexQuery Query(KeyRow key, int? except = null) =>
        new()
        {
            Groups =
            [
                [key.Key],
            ],
            ExcludedItems = except is { } number ? [number] : [],
        };

    /// <summary>The numbers of the newest articles, or of the events that start last, of a topic or an expert.</summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="items">The articles or the events of the state.</param>
    /// <param name="kind"><c>topic</c> (with the topics below it) or <c>expert</c>.</param>
    /// <param name="id">The number of the topic or the expert; null for none.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="except">The number of an item to leave out; null for none.</param>
    public static int[] Newest(ListState state, ItemIndex items, string kind, int? id, int limit, int? except = null) =>
        id is { } known && state.Keys.Of(kind, known) is { } key
            ? items.Find(Query(key, except)).Page(SortBy.First, descending: true, after: null, 0, limit)
            : [];
}
