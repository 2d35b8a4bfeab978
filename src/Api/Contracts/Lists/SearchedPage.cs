using System.Text.Json.Serialization;

namespace Api.Contracts.Lists;

/// <summary>One page of a searchable list.</summary>
/// <param name="Data">The items, in the order of <c>sort</c>.</param>
/// <param name="PageInfo">The position of this page in the list.</param>
/// <param name="Links">Links to other pages, absolute URLs that keep every filter.</param>
/// <param name="CorrectedQuery">The corrected search, when words of <c>q</c> occur nowhere; null when nothing was corrected.</param>
internal sealed record SearchedPage<T>(
    IReadOnlyList<T> Data,
    [property: JsonPropertyName("page")] PageInfo PageInfo,
    PageLinks Links,
    string? CorrectedQuery
);
