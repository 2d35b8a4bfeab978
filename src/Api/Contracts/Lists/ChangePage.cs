using System.Text.Json.Serialization;

namespace Api.Contracts.Lists;

/// <summary>Some of the changes since a token.</summary>
/// <param name="Data">The newest change of each item, in the order they were made in. May be empty while there are more.</param>
/// <param name="PageInfo">Where to go on.</param>
/// <param name="Links">The same, as absolute URLs.</param>
internal sealed record ChangePage(
    IReadOnlyList<ContentChange> Data,
    [property: JsonPropertyName("page")] ChangePageInfo PageInfo,
    ChangeLinks Links);

/// <summary>Where to go on.</summary>
internal sealed record ChangePageInfo
{
    /// <summary>The most changes a page holds, 1 to 100.</summary>
    public required int Limit { get; init; }

    /// <summary>The token to go on from: keep it once these changes are kept, and send it as <c>since</c>.</summary>
    public required string Next { get; init; }

    /// <summary>True when there is more to be had at once; else ask again later, or with <c>wait</c>.</summary>
    public required bool More { get; init; }

    /// <summary>The items are as of this change. All that they refer to has been told once <c>next</c> has come as far; send it as <c>minSequence</c> with the next request, and no page is of an earlier state.</summary>
    public required long Sequence { get; init; }
}

/// <summary>Addresses around some changes, absolute URLs.</summary>
internal sealed record ChangeLinks
{
    /// <summary>These changes.</summary>
    public required string Self { get; init; }

    /// <summary>What comes after them, now or later.</summary>
    public required string Next { get; init; }

    /// <summary>Everything there is now, to begin with.</summary>
    public required string Snapshot { get; init; }
}
