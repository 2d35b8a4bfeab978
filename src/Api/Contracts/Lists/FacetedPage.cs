using System.Text.Json.Serialization;

namespace Api.Contracts.Lists;

/// <summary>One page of a list that can be searched and broken down.</summary>
/// <param name="Data">The items, in the order of <c>sort</c>.</param>
/// <param name="PageInfo">Where this page stands in the whole list.</param>
/// <param name="Links">The same list elsewhere; absolute URLs which keep every filter.</param>
/// <param name="CorrectedQuery">What was searched for instead, as words of <c>q</c> are nowhere; null when nothing was corrected.</param>
/// <param name="Facets">For each of the <c>facets</c> asked for its values, the most frequent first, at most 100; null when none were.</param>
/// <param name="FacetsKind"><c>exact</c>, or <c>estimated</c> where words are in very many articles: from a sample, each count right to 1.5 % of the total in 95 of 100 cases, with rare filters to 4 %. Null without <c>facets</c>.</param>
internal sealed record FacetedPage<T>(
    IReadOnlyList<T> Data,
    [property: JsonPropertyName("page")] PageInfo PageInfo,
    PageLinks Links,
    string? CorrectedQuery,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets,
    string? FacetsKind);
