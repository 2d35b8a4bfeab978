using System.Text.Json.Serialization;

namespace Api.Contracts.Lists;

/// <summary>One page of a list.</summary>
/// <param name="Data">The items, in the order of <c>sort</c>.</param>
/// <param name="PageInfo">The position of this page in the list.</param>
/// <param name="Links">Links to other pages, absolute URLs that keep every filter.</param>
internal sealed record Page<T>(IReadOnlyList<T> Data, [property: JsonPropertyName("page")] PageInfo PageInfo, PageLinks Links);

/// <summary>The position of a page in its list.</summary>
internal sealed record PageInfo
{
    /// <summary>The most items a page holds, 1 to 100.</summary>
    public required int Limit { get; init; }

    /// <summary>The page's number, from 1; null when the page was reached by a cursor.</summary>
    public required int? Number { get; init; }

    /// <summary>Number of matches; null with <c>count=none</c>.</summary>
    public required int? Total { get; init; }

    /// <summary><c>exact</c>, <c>atLeast</c> (there are <c>total</c> or more) or <c>none</c> (not counted).</summary>
    public required string TotalKind { get; init; }

    /// <summary>Number of pages; null when the total is not exact or the page was reached by a cursor.</summary>
    public required int? TotalPages { get; init; }

    /// <summary>The cursor of the next page; null on the last.</summary>
    public required string? Next { get; init; }

    /// <summary>The cursor of the previous page; null on the first.</summary>
    public required string? Previous { get; init; }
}

/// <summary>The pages before and after this one, as absolute URLs. The <c>Link</c> header holds the same (RFC 8288).</summary>
internal sealed record PageLinks
{
    /// <summary>This page.</summary>
    public required string Self { get; init; }

    /// <summary>The first page.</summary>
    public required string First { get; init; }

    /// <summary>The page before this one; null on the first.</summary>
    public required string? Previous { get; init; }

    /// <summary>The page after this one; null on the last.</summary>
    public required string? Next { get; init; }

    /// <summary>The last page; null when it is unknown or cannot be reached by number.</summary>
    public required string? Last { get; init; }
}
