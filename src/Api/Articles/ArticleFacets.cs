using Api.Http.Parameters;
using Api.Listing;
using Api.Reading;

namespace Api.Articles;

/// <summary>
/// Counts facets of a list of articles. Each facet ignores its own filter, so that it also shows the values the reader could choose
/// instead.
/// </summary>
internal sealed class ArticleFacets(FacetCounts counts)
{
    /// <summary>
    /// The facets of the matching articles; null when <paramref name="asked"/> is empty. No round trip without a search; with one, one
    /// round trip and one more for each facet whose parameter is filtered by.
    /// </summary>
    public async Task<Facets?> Of(ListState state, ArticleFilter filter, IReadOnlyList<string> asked, CancellationToken cancel)
    {
        if (asked.Count == 0)
            return null;
        List<Facets> found = [];
        foreach (var group in asked.GroupBy(filter.Without))
            found.Add(await counts.Of(state, ArticleIndexQuery.Find(state.Articles.Items, group.Key), filter.Search, group, cancel));
        return Facets.Together(found);
    }
}
