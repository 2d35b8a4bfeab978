using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Api.Reading;

namespace Api.Search;

/// <summary>Counts facets of the articles that a search over all resources finds.</summary>
internal sealed class SearchFacets(ListIndex lists, FacetCounts counts)
{
    /// <summary>The facets; null when <paramref name="asked"/> is empty. One round trip.</summary>
    public async Task<Facets?> Of(
        SearchText search,
        IReadOnlyList<string> resources,
        IReadOnlyList<string> asked,
        CancellationToken cancel
    ) =>
        asked.Count == 0 ? null
        : !resources.Contains("article") ? Facets.None(asked)
        : await lists.Answer<Facets>(
            async state => await counts.Of(state, state.Articles.Items.Find(IndexQuery.Everything), search, asked, cancel),
            cancel
        );
}
