using Api.Contracts;
using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Resolves each reference to its item after the import: by id, current slug, alias, or the target of a merge.</summary>
internal static class ReferenceResolution
{
    // In this order: slugs in the file, stored slugs that stay, former slugs in the file, stored aliases, stored slugs that the file
    // changes. Many references name the same item, so each is looked up once.
    private const string TargetsSql = """
        create temporary table stage_targets on commit drop as
        select distinct resource, slug, id, null::integer as target from stage_references;
        analyze stage_targets;

        update stage_targets r set target = s.item_id
        from   stage_items s
        where  s.given_id = r.id and s.resource = r.resource and s.item_id is not null;

        update stage_targets r set target = i.item_id
        from   content.items i
        where  r.target is null and i.id = r.id and i.resource = r.resource;

        update stage_targets r set target = s.item_id
        from   stage_items s
        where  r.target is null and s.resource = r.resource and s.slug = r.slug and s.item_id is not null;

        update stage_targets r set target = i.item_id
        from   content.items i
        where  r.target is null and i.resource = r.resource and i.slug = r.slug
        and    not exists (select from stage_items s where s.item_id = i.item_id);

        update stage_targets r set target = s.item_id
        from   stage_items s cross join unnest(s.previous_slugs) p (slug)
        where  r.target is null and s.resource = r.resource and p.slug = r.slug and s.item_id is not null;

        update stage_targets r set target = a.item_id
        from   content.aliases a
        where  r.target is null and a.resource = r.resource and a.slug = r.slug;

        update stage_targets r set target = i.item_id
        from   content.items i
        where  r.target is null and i.resource = r.resource and i.slug = r.slug;

        create temporary table resolved on commit drop as
        select r.line, r.member, r.resource, r.position, r.slug, r.id, r.role, t.target
        from   stage_references r
        left join stage_targets t on t.resource = r.resource and coalesce(t.slug, '') = coalesce(r.slug, '')
                                 and coalesce(t.id, '00000000-0000-0000-0000-000000000000') = coalesce(r.id, '00000000-0000-0000-0000-000000000000');
        drop table stage_references;
        alter table resolved rename to stage_references;
        create index on stage_references (line, member);
        analyze stage_references;
        """;

    // A reference to a rejected line is not a problem of the line that refers to it.
    private const string UnknownSql = """
        insert into stage_problems
        select r.line, format('%s: there is no %s %s', max(r.member), r.resource, to_json(coalesce(r.slug, r.id::text)))
        from   stage_references r
        where  r.target is null
        and    not exists (select from stage_items s where s.resource = r.resource and (s.slug = r.slug or s.given_id = r.id))
        and    not exists (select from stage_rejected x
                           where  coalesce(x.resource, r.resource) = r.resource and (x.slug = r.slug or x.id = r.id))
        group  by r.line, r.resource, r.slug, r.id
        """;

    // Merging into a deleted item is accepted, except for a stored item that still has links to move.
    private const string DeletedSql = """
        with deleted as materialized (
            select t.target
            from  (select distinct target from stage_references) t
            join   content.items i on i.item_id = t.target
            left join stage_items s on s.item_id = t.target
            where  coalesce(s.publication_status, i.publication_status) = 'deleted')
        insert into stage_problems
        select r.line, format('%s: the %s %s is deleted', max(r.member), r.resource, to_json(coalesce(r.slug, r.id::text)))
        from   stage_references r
        join   deleted d on d.target = r.target
        left join stage_items own on own.line = r.line
        left join content.items o on o.item_id = own.item_id
        where  r.member not in ('items', 'to') -- menus and redirects handle withdrawn targets
        and    not (r.member = 'mergedInto' and (own.is_new or o.merged_into is not null))
        group  by r.line, r.resource, r.slug, r.id
        """;

    // Items merged into each other in a row.
    private const int MostMerges = 32;

    private static readonly string MergedSql = $"""
        update stage_items s set merged_into = r.target
        from   stage_references r
        where  r.line = s.line and r.member = 'mergedInto';

        with recursive become (item_id, target) as (
            select s.item_id, s.merged_into from stage_items s where s.merged_into is not null and s.item_id is not null
            union all
            select i.item_id, i.merged_into
            from   content.items i
            where  i.merged_into is not null
            and    not exists (select from stage_items s where s.item_id = i.item_id)),
        walk (item_id, target, depth) as (
            select item_id, target, 1 from become
            union all
            select w.item_id, b.target, w.depth + 1
            from   walk w
            join   become b on b.item_id = w.target
            where  w.depth < {MostMerges})
        insert into stage_merged
        select distinct on (item_id) item_id, target, depth
        from   walk
        order  by item_id, depth desc;

        insert into stage_problems
        select s.line, 'mergedInto: leads in a circle'
        from   stage_items s
        join   stage_merged m on m.item_id = s.item_id
        where  m.depth >= {MostMerges};

        -- A redirect keeps its own target: it follows merges by itself, and returns when the merge is undone.
        update stage_references r set target = m.target from stage_merged m where r.target = m.item_id and r.member <> 'to';
        update stage_items s set merged_into = m.target from stage_merged m where s.item_id = m.item_id;
        """;

    // An article of this type that has a line here is deleted or gets another type: a reference to a deleted type is refused above. A
    // rejected line may do either.
    private const string TypesInUseSql = """
        insert into stage_problems
        select s.line, format('publicationStatus: articles have this type (%s, "%s" among them): delete them, give them another, or say mergedInto', count(*), min(i.slug))
        from   stage_items s
        join   content.articles a on a.type_id = s.item_id
        join   content.items i on i.item_id = a.item_id
        where  s.resource = 'articleType' and s.publication_status = 'deleted'
        and    not exists (select from stage_references r where r.line = s.line and r.member = 'mergedInto')
        and    not exists (select from stage_items o where o.item_id = a.item_id)
        and    not exists (select from stage_rejected x where coalesce(x.resource, 'article') = 'article' and x.slug = i.slug)
        and    not exists (select from stage_rejected x where coalesce(x.resource, 'article') = 'article' and x.id = i.id)
        group  by s.line
        """;

    public static async Task Run(ImportSession session)
    {
        await session.Run(TargetsSql);
        await session.Run(UnknownSql);
        await session.Run(MergedSql);
        await session.Run(DeletedSql);
        await session.Run(TypesInUseSql);
        if (session.Stage.Has<TopicLine>())
            await session.Run(CirclesSql("topics", "topic"));
        if (session.Stage.Has<PageLine>())
            await session.Run(CirclesSql("pages", "page"));
    }

    private static string CirclesSql(string table, string resource) =>
        $"""
            with recursive above (item_id, parent_id) as (
                select s.item_id, r.target
                from   stage_items s
                join   stage_references r on r.line = s.line and r.member = 'parent'
                where  s.resource = '{resource}'
                union all
                select t.item_id, t.parent_id
                from   content.{table} t
                where  t.parent_id is not null
                and    not exists (select from stage_items s where s.item_id = t.item_id)),
            walk (line, parent_id, depth) as (
                select s.line, a.parent_id, 1 from stage_items s join above a on a.item_id = s.item_id where s.resource = '{resource}'
                union all
                select w.line, a.parent_id, w.depth + 1
                from   walk w
                join   above a on a.item_id = w.parent_id
                where  w.depth < {Catalogue.TreeLevels})
            insert into stage_problems
            select line, 'parent: leads in a circle, or more than {Catalogue.TreeLevels
                - 1} levels up' from walk where depth = {Catalogue.TreeLevels}
            """;
}
