using System.Text.Json.Serialization;
using Api.Contracts.Cards;

namespace Api.Contracts.Lists;

/// <summary>One page of a searchable list.</summary>
/// <param name="Data">The items, in the order of <c>sort</c>.</param>
/// <param name="PageInfo">The position of this page in the list.</param>
/// <param name="Links">Links to other pages, absolute URLs that keep every filter.</param>
/// <param name="Included">The related data that <c>include</c> asked for; null when it asked for none.</param>
/// <param name="Match">
/// <c>all</c>: the items have all words of <c>q</c>, or of <c>correctedQuery</c>. <c>most</c>: none has all of them, and these have most.
/// Null without <c>q</c>; more may be added.
/// </param>
/// <param name="CorrectedQuery">The corrected search, when words of <c>q</c> occur nowhere; null when nothing was corrected.</param>
internal sealed record SearchedPage<T>(
    IReadOnlyList<T> Data,
    [property: JsonPropertyName("page")] PageInfo PageInfo,
    PageLinks Links,
    ListIncluded? Included,
    string? Match,
    string? CorrectedQuery
);
