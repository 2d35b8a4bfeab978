namespace Api.Contracts;

/// <summary>The newest visible change of an item, with the current item on request.</summary>
internal sealed record ContentChange
{
    /// <summary>Sequence number of the change; numbers increase in the order of the changes.</summary>
    public required long Sequence { get; init; }

    /// <summary>
    /// The kind of item: article, articleType, expert, topic, event, page or menu. <c>redirect</c> means that the list of redirects has
    /// changed. More kinds may be added.
    /// </summary>
    public required string Resource { get; init; }

    /// <summary>Immutable identifier of the item, a UUID as URN (RFC 9562); null for <c>redirect</c>.</summary>
    public required string? Id { get; init; }

    /// <summary>Slug of the item; for a deleted item its last slug; null for <c>redirect</c>.</summary>
    public required string? Slug { get; init; }

    /// <summary><c>upsert</c>: store the current item. <c>delete</c>: remove the item if you have it.</summary>
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

    /// <summary>When it was changed or withdrawn (RFC 3339, UTC).</summary>
    public required DateTime At { get; init; }

    /// <summary>The current item, complete, as at its own address; null for delete, and without <c>include=item</c>.</summary>
    public required object? Item { get; init; }
}
