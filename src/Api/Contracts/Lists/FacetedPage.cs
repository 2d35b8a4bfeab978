using System.Text.Json.Serialization;

namespace Api.Contracts.Lists;

/// <summary>One page of a searchable list with facets.</summary>
/// <param name="Data">The items, in the order of <c>sort</c>.</param>
/// <param name="PageInfo">The position of this page in the list.</param>
/// <param name="Links">Links to other pages, absolute URLs that keep every filter.</param>
/// <param name="CorrectedQuery">The corrected search, when words of <c>q</c> occur nowhere; null when nothing was corrected.</param>
/// <param name="Facets">The values of each requested facet, the most frequent first, at most 100; null without <c>facets</c>.</param>
/// <param name="FacetsKind"> <c>exact</c>, or <c>estimated</c> from a sample where words are in very many articles: in 95 of 100 cases each
/// count is within 1.5 % of the total, with rare filters within 4 %. Null without <c>facets</c>.
/// </param>
internal sealed record FacetedPage<T>(
    IReadOnlyList<T> Data,
    [property: JsonPropertyName("page")] PageInfo PageInfo,
    PageLinks Links,
    string? CorrectedQuery,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets,
    string? FacetsKind
);
