using Api.Http.Parameters;
using Api.Listing;
using Api.Reading;

namespace Api.Articles;

/// <summary>Breaks a list of articles down. Each facet leaves out its own filter, so that it shows what else there would be.</summary>
internal sealed class ArticleFacets(FacetCounts counts)
{
    /// <summary>The facets of the articles that match; null when <paramref name="asked"/> is empty. No round trip without words, else one, and one more for each facet with a filter of its own.</summary>
    public async Task<Facets?> Of(ListState state, ArticleFilter filter, IReadOnlyList<string> asked, CancellationToken cancel)
    {
        if (asked.Count == 0) return null;
        List<Facets> found = [];
        foreach (var group in asked.GroupBy(filter.Without))
            found.Add(await counts.Of(state, ArticleIndexQuery.Find(state.Articles.Items, group.Key), filter.Search, group, cancel));
        return Facets.Together(found);
    }
}
