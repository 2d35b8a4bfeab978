using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Writes the ordered topics and experts of articles and events, and the entries of menus, where they differ.</summary>
internal static class Relations
{
    private static readonly string ArticleLinksSql =
        LinksSql("article_topics", "article", "topic", "topics", role: false)
        + LinksSql("article_experts", "article", "expert", "experts", role: true);

    private static readonly string EventLinksSql =
        LinksSql("event_topics", "event", "topic", "topics", role: false)
        + LinksSql("event_experts", "event", "expert", "experts", role: true);

    private const string MenuEntriesSql = """
        create temporary table next_menu_items on commit drop as
        select i.item_id as menu_id, e.position, e.parent, e.label, r.target as target_id, e.url
        from   stage_menu_entries e
        join   stage_items i on i.line = e.line
        left join stage_references r on r.line = e.line and r.member = 'items' and r.position = e.position;

        create temporary table differing_menu_items on commit drop as
        select i.item_id
        from   stage_items i
        where  i.resource = 'menu' and i.publication_status <> 'deleted'
        and    (select array_agg(row (n.position, n.parent, n.label, n.target_id, n.url) order by n.position)
                from   next_menu_items n where n.menu_id = i.item_id)
               is distinct from
               (select array_agg(row (o.position, o.parent, o.label, o.target_id, o.url) order by o.position)
                from   content.menu_items o where o.menu_id = i.item_id);

        delete from content.menu_items o using differing_menu_items d where o.menu_id = d.item_id;

        insert into content.menu_items (menu_id, position, parent, label, target_id, url)
        select n.menu_id, n.position, n.parent, n.label, n.target_id, n.url
        from   next_menu_items n
        join   differing_menu_items d on d.item_id = n.menu_id;

        update stage_items s set changed = true from differing_menu_items d where s.item_id = d.item_id and not s.is_new;
        """;

    public static async Task Write(ImportSession session)
    {
        if (session.Stage.Has<ArticleLine>())
            await session.Run(ArticleLinksSql);
        if (session.Stage.Has<EventLine>())
            await session.Run(EventLinksSql);
        if (session.Stage.Has<MenuLine>())
            await session.Run(MenuEntriesSql);
    }

    /// <summary>Statements composed of constants, one set for each link table.</summary>
    private static string LinksSql(string table, string owner, string target, string member, bool role)
    {
        var (roleOfOld, roleColumn) = role ? ("l.role", ", role") : ("''", "");
        return $"""
            create temporary table next_{table} on commit drop as
            select i.item_id, r.target, r.role, row_number() over (partition by i.item_id order by min(r.position)) - 1 as position
            from   stage_references r
            join   stage_items i on i.line = r.line and i.resource = '{owner}'
            where  r.member = '{member}'
            group  by i.item_id, r.target, r.role;

            create temporary table differing_{table} on commit drop as
            select i.item_id
            from   stage_items i
            left join (select n.item_id, string_agg(n.target || ' ' || n.role, ',' order by n.position) as links
                       from   next_{table} n group by n.item_id) n on n.item_id = i.item_id
            left join (select l.{owner}_id, string_agg(l.{target}_id || ' ' || {roleOfOld}, ',' order by l.position, l.{target}_id) as links
                       from   content.{table} l
                       join   stage_items i on i.item_id = l.{owner}_id
                       group  by l.{owner}_id) o on o.{owner}_id = i.item_id
            where  i.resource = '{owner}' and i.publication_status <> 'deleted'
            and    n.links is distinct from o.links;

            delete from content.{table} l using differing_{table} d where l.{owner}_id = d.item_id;

            insert into content.{table} ({owner}_id, {target}_id, position{roleColumn})
            select n.item_id, n.target, n.position{roleColumn.Replace(", ", ", n.", StringComparison.Ordinal)}
            from   next_{table} n
            join   differing_{table} d on d.item_id = n.item_id;

            update stage_items s set changed = true
            from   differing_{table} d
            where  s.item_id = d.item_id and not s.is_new and not s.changed;
            """;
    }
}
