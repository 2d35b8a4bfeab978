namespace Api.Export;

/// <summary>SQL that the queries of all resources share. <c>i</c> is the item; a deleted item has no other row.</summary>
internal static class ItemSql
{
    /// <summary>Members that every item has.</summary>
    public const string Members = $"""
        i.resource, 'urn:uuid:' || i.id as id, i.slug, i.publication_status as "publicationStatus",
        i.embargo_until as "embargoUntil", i.expires_at as "expiresAt", i.updated_at as "updatedAt",
        (select to_json(array_agg(a.slug order by a.slug collate "C")) from content.aliases a where a.item_id = i.item_id) as "previousSlugs",
        (select {Named} from content.items n where n.item_id = i.merged_into) as "mergedInto",
        case when {Withdrawn} then coalesce(i.withdrawn_at, i.expires_at) end as "withdrawnAt",
        case when {Withdrawn} then nullif(i.public_slug, i.slug) end as "withdrawnSlug",
        i.withdrawn_for as "withdrawnReason"
        """;

    /// <summary>How a line refers to the item <c>n</c>: by its slug, or by its id if the slug could be taken for an id.</summary>
    public const string Named = "case when n.slug ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then n.id::text else n.slug end";

    // Public in the past and not visible now. An item that has just expired may still be in the read model.
    private const string Withdrawn =
        "i.public_slug is not null and not exists (select from content.visible_items v where v.item_id = i.item_id)";
}
