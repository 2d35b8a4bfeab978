using System.Text.Json.Serialization;

namespace Api.Contracts;

/// <summary>One page of a list that can be searched.</summary>
/// <param name="Data">The items, in the order of <c>sort</c>.</param>
/// <param name="PageInfo">Where this page stands in the whole list.</param>
/// <param name="Links">The same list elsewhere; absolute URLs which keep every filter.</param>
/// <param name="CorrectedQuery">What was searched for instead, as words of <c>q</c> are nowhere; null when nothing was corrected.</param>
internal sealed record SearchedPage<T>(
    IReadOnlyList<T> Data,
    [property: JsonPropertyName("page")] PageInfo PageInfo,
    PageLinks Links,
    string? CorrectedQuery);

/// <summary>One page of a list that can be searched and broken down.</summary>
/// <param name="Data">The items, in the order of <c>sort</c>.</param>
/// <param name="PageInfo">Where this page stands in the whole list.</param>
/// <param name="Links">The same list elsewhere; absolute URLs which keep every filter.</param>
/// <param name="CorrectedQuery">What was searched for instead, as words of <c>q</c> are nowhere; null when nothing was corrected.</param>
/// <param name="Facets">For each of the <c>facets</c> asked for its values, the most frequent first, at most 100; null when none were.</param>
/// <param name="FacetsKind"><c>exact</c>, or <c>estimated</c>: from a sample, each count right to 2 % of the total in 95 of 100 cases. Null without <c>facets</c>.</param>
internal sealed record FacetedPage<T>(
    IReadOnlyList<T> Data,
    [property: JsonPropertyName("page")] PageInfo PageInfo,
    PageLinks Links,
    string? CorrectedQuery,
    IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets,
    string? FacetsKind);

/// <summary>A value of a facet.</summary>
/// <param name="Value">What the filter of the same name takes.</param>
/// <param name="Label">Text to show.</param>
/// <param name="Count">How many articles of the whole result have it, the filter of this facet left aside.</param>
internal sealed record FacetValue(string Value, string Label, int Count);
