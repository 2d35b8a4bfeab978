using System.Text.Json.Serialization;

namespace Api.Contracts.Lists;

/// <summary>One page of the changes since a token.</summary>
/// <param name="Data">The newest change of each item, in order of the changes. It can be empty although there are more.</param>
/// <param name="PageInfo">Where to continue.</param>
/// <param name="Links">The same as absolute URLs.</param>
internal sealed record ChangePage(
    IReadOnlyList<ContentChange> Data,
    [property: JsonPropertyName("page")] ChangePageInfo PageInfo,
    ChangeLinks Links
);

/// <summary>Where to continue after a page of changes.</summary>
internal sealed record ChangePageInfo
{
    /// <summary>The most changes a page holds, 1 to 100.</summary>
    public required int Limit { get; init; }

    /// <summary>The token to continue from. Store it after storing these changes, and send it as <c>since</c>.</summary>
    public required string Next { get; init; }

    /// <summary>True when more changes are available now; otherwise ask again later, or with <c>wait</c>.</summary>
    public required bool More { get; init; }

    /// <summary>
    /// The sequence of the state that the items reflect. Everything they refer to has been sent once <c>next</c> reaches it. Send it as
    /// <c>minSequence</c> with the next request, so that no page reflects an earlier state.
    /// </summary>
    public required long Sequence { get; init; }
}

/// <summary>Links of a page of changes, as absolute URLs.</summary>
internal sealed record ChangeLinks
{
    /// <summary>This page.</summary>
    public required string Self { get; init; }

    /// <summary>The changes after this page, now or later.</summary>
    public required string Next { get; init; }

    /// <summary>The snapshot of all current items, to start a copy from.</summary>
    public required string Snapshot { get; init; }
}
