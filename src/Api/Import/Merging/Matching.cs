using Api.Data;

namespace Api.Import.Merging;

/// <summary>Finds the stored item of each line, by id, else by resource and slug, and creates those that are new.</summary>
internal static class Matching
{
    // Only one import runs at a time. The constraint is deferred so that two items can swap slugs.
    private const string PrepareSql = $"""
        select pg_advisory_xact_lock({Migrator.ImportLock});
        set constraints content.items_resource_slug_key deferred;
        analyze stage_items, stage_references, stage_redirects;
        """;

    private const string DuplicatesSql = """
        insert into stage_problems
        select line, format('is about the same item as line #%s#', first)
        from  (select line, min(line) over (partition by resource, slug) as first from stage_items where slug is not null
               union
               select line, min(line) over (partition by coalesce(given_id, own_id)) from stage_items
               where  given_id is not null or slug is not null) d
        where  line <> first
        union
        select line, format('from: is the same as in line #%s#', first)
        from  (select line, min(line) over (partition by path) as first from stage_redirects) d
        where  line <> first
        union
        select line, format('previousSlugs: "%s" is claimed by line #%s# as well', slug, first)
        from  (select s.line, p.slug, min(s.line) over (partition by s.resource, p.slug) as first
               from   stage_items s cross join unnest(s.previous_slugs) p (slug)) d
        where  line <> first
        """;

    private const string MatchSql = """
        insert into stage_problems
        select s.line, format('id: is the one of the %s "%s"', i.resource, i.slug)
        from   stage_items s
        join   content.items i on i.id = s.given_id and i.resource <> s.resource;

        update stage_items s
        set    item_id = i.item_id, slug = coalesce(s.slug, i.slug)
        from   content.items i
        where  i.id = s.given_id
        and    i.resource = s.resource
        and    not exists (select from stage_problems p where p.line = s.line);

        update stage_items s
        set    item_id = i.item_id
        from   content.items i
        where  s.item_id is null
        and    i.resource = s.resource
        and    i.slug = s.slug
        and    not exists (select from stage_problems p where p.line = s.line)
        and    not exists (select from stage_items o where o.item_id = i.item_id);

        insert into stage_problems
        select s.line, format('slug: is the one of the %s urn:uuid:%s, which no line here renames', i.resource, i.id)
        from   stage_items s
        join   content.items i on i.resource = s.resource and i.slug = s.slug
        where  s.item_id is distinct from i.item_id
        and    not exists (select from stage_items o where o.item_id = i.item_id and o.slug <> s.slug)
        and    not exists (select from stage_problems p where p.line = s.line);

        insert into stage_problems
        select s.line, format('slug: was the first slug of the %s "%s"; give the new item an id of its own', i.resource, i.slug)
        from   stage_items s
        join   content.items i on i.id = s.own_id
        where  s.item_id is null and s.given_id is null and s.slug is not null
        and    not exists (select from stage_problems p where p.line = s.line);

        update stage_items s set item_id = null where exists (select from stage_problems p where p.line = s.line);
        """;

    // New items are numbered in the order of their lines, which is the order of an export. A deletion without a slug that matches no stored
    // item is ignored. Items that are visible at once are inserted with live set, so that publishing them later finds nothing to do; lines
    // with mergedInto are not among them, because merges are not resolved yet.
    private const string CreateSql = $"""
        update stage_items s
        set    item_id = n.item_id, is_new = true
        from  (select o.line, nextval(pg_get_serial_sequence('content.items', 'item_id')) as item_id
               from   stage_items o
               where  o.item_id is null and o.slug is not null
               and    not exists (select from stage_problems p where p.line = o.line)
               order  by o.line) n
        where  s.line = n.line;

        insert into content.items (item_id, id, resource, slug, publication_status, published_at, embargo_until, expires_at, updated_at,
                                   version, live, public_slug)
        overriding system value
        select s.item_id, coalesce(s.given_id, s.own_id), s.resource, s.slug, s.publication_status, s.published_at, s.embargo_until,
               s.expires_at, coalesce(s.updated_at, s.published_at, @now), coalesce(s.version, 1), v.live, case when v.live then s.slug end
        from   stage_items s
        left join (select distinct r.line from stage_references r where r.member = 'mergedInto') m on m.line = s.line
        cross join lateral (select {Facts.Visible} and m.line is null as live) v
        where  s.is_new
        order  by s.line;

        create index on stage_items (resource, slug);
        create index on stage_items (line);
        create unique index on stage_items (item_id);
        analyze stage_items;
        """;

    public static async Task Run(ImportSession session)
    {
        await session.Run(PrepareSql);
        await session.Run(DuplicatesSql);
        await session.Run(MatchSql);
        await session.Run(CreateSql);
    }
}
