namespace Api.Contracts;

/// <summary>
/// The changes of one commit, or of several in a row for a receiver that is behind. Receivers may get an event twice, and never one out of
/// order.
/// </summary>
internal sealed record ChangeEvent
{
    /// <summary>Sequence number of the last change: every node answers with it.</summary>
    public required long Sequence { get; init; }

    /// <summary>The position after these changes: <c>since</c> of the next event, and of <c>/v1/changes</c>.</summary>
    public required string Token { get; init; }

    /// <summary>The position before these changes.</summary>
    public required string Since { get; init; }

    /// <summary>When the last change was made (RFC 3339, UTC).</summary>
    public required DateTime At { get; init; }

    /// <summary>True when <c>changes</c> leaves some out: <c>/v1/changes?since=</c> has all of them.</summary>
    public required bool More { get; init; }

    /// <summary>The changed items, at most 50, each as it is when the event is sent. It can be empty.</summary>
    public required IReadOnlyList<ChangedItem> Changes { get; init; }

    /// <summary>
    /// The keys of the answers that are stale, at most 200; <c>all</c> alone for all answers. It is complete even if <c>more</c> is true.
    /// </summary>
    public required IReadOnlyList<string> Invalidates { get; init; }
}

/// <summary>A changed item in an event.</summary>
internal sealed record ChangedItem
{
    /// <summary>
    /// The kind of item: article, articleType, expert, topic, event, page or menu. <c>redirect</c> means that the list of redirects has
    /// changed. More kinds may be added.
    /// </summary>
    public required string Resource { get; init; }

    /// <summary>Immutable identifier of the item, a UUID as URN (RFC 9562); null for <c>redirect</c>.</summary>
    public required string? Id { get; init; }

    /// <summary>Slug of the item; for a deleted item its last slug; null for <c>redirect</c>.</summary>
    public required string? Slug { get; init; }

    /// <summary><c>upsert</c>: the item is there. <c>delete</c>: it is not.</summary>
    public required string Change { get; init; }

    /// <summary>
    /// The reason for a delete: unpublished, retracted, merged, expired, deleted, or leftScope (it no longer matches <c>topic</c> or
    /// <c>expert</c>); more may be added. Null for upsert.
    /// </summary>
    public required string? Reason { get; init; }

    /// <summary>The slug of the item that replaces it; null for none.</summary>
    public required string? Successor { get; init; }

    /// <summary>The <c>id</c> of the item that replaces it, a UUID as URN (RFC 9562); null for none.</summary>
    public required string? SuccessorId { get; init; }

    /// <summary>Previous slugs, which redirect to the item.</summary>
    public required IReadOnlyList<string> PreviousSlugs { get; init; }

    /// <summary>
    /// Paths of its web page within the site: the one of today, then previous ones, at most ten. Empty for what has no page: menus, article
    /// types, redirects.
    /// </summary>
    public required IReadOnlyList<string> Paths { get; init; }
}
