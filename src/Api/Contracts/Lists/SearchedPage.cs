using System.Text.Json.Serialization;

namespace Api.Contracts.Lists;

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
