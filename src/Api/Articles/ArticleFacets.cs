using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Api.Reading;

namespace Api.Articles;

/// <summary>
/// Counts facets of a list of articles. Each facet ignores its own filter, so that it also shows the values the reader could choose
/// instead. Pure.
/// </summary>
internal static class ArticleFacets
{
    /// <summary>The facets of the matching articles; null when <paramref name="asked"/> is empty.</summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="filter">The filter of the list.</param>
    /// <param name="found">The items with the words of the search; null without one.</param>
    /// <param name="asked">The facets to count.</param>
    public static Facets? Of(ListState state, ArticleFilter filter, KeySet? found, IReadOnlyList<string> asked)
    {
        if (asked.Count == 0)
            return null;
        return Facets.Together(
            asked
                .GroupBy(filter.Without)
                .Select(group =>
                {
                    var matches = ArticleIndexQuery.Find(state.Articles.Items, group.Key);
                    return FacetCounts.Of(state, found is null ? matches : matches.Among(found), group);
                })
        );
    }
}
