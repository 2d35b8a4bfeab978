namespace Api.Contracts;

/// <summary>What became of an item: the newest visible change of it, and on request the item as it is now.</summary>
internal sealed record ContentChange
{
    /// <summary>Its number; changes are numbered in the order they were made in.</summary>
    public required long Sequence { get; init; }

    /// <summary>What kind of item it is: article, articleType, expert, topic, event, page or menu; <c>redirect</c>: the list of redirects has changed. More may come.</summary>
    public required string Resource { get; init; }

    /// <summary>Immutable identifier of the item, a UUID as URN (RFC 9562); null for <c>redirect</c>.</summary>
    public required string? Id { get; init; }

    /// <summary>Its address, of a deleted one the last it had; null for <c>redirect</c>.</summary>
    public required string? Slug { get; init; }

    /// <summary><c>upsert</c>: keep it as it is now. <c>delete</c>: drop it, whether you have it or not.</summary>
    public required string Change { get; init; }

    /// <summary>Why it is to be dropped: unpublished, retracted, merged, expired, deleted, or leftScope (it no longer matches <c>topic</c> or <c>expert</c>); more may come. Null for upsert.</summary>
    public required string? Reason { get; init; }

    /// <summary>The slug of what took its place; null where nothing did.</summary>
    public required string? Successor { get; init; }

    /// <summary>The <c>id</c> of what took its place, a UUID as URN (RFC 9562); null where nothing did.</summary>
    public required string? SuccessorId { get; init; }

    /// <summary>Addresses it had before; they redirect.</summary>
    public required IReadOnlyList<string> PreviousSlugs { get; init; }

    /// <summary>When it was changed, or when it was withdrawn (RFC 3339, UTC).</summary>
    public required DateTime At { get; init; }

    /// <summary>The item as it is now, whole, as its own address answers it; null for delete, and without <c>include=item</c>.</summary>
    public required object? Item { get; init; }
}
