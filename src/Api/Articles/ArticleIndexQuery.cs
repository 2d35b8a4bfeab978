using Api.Http.Parameters;
using Api.Indexing;

namespace Api.Articles;

/// <summary>Finds the articles of a filter in the lists in memory. Pure.</summary>
internal static class ArticleIndexQuery
{
    /// <summary>The articles that match a filter, ignoring its search.</summary>
    public static Matches Find(ItemIndex index, ArticleFilter filter) =>
        index.Find(
            new IndexQuery
            {
                Groups = [.. filter.Keys.Groups.Select(group => group.Select(key => key.Id).ToArray())],
                Excluded = filter.Keys.Excluded,
                Items = filter.Keys.ItemIds,
                ExcludedItems = filter.Keys.ExcludedItemIds,
                First = new Bounds(
                    Position.Microseconds(filter.From) ?? long.MinValue,
                    Position.Microseconds(filter.Before) ?? long.MaxValue
                ),
                Second = new Bounds(Position.Microseconds(filter.ChangedFrom) ?? long.MinValue, long.MaxValue),
            }
        );
}
