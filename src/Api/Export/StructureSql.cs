namespace Api.Export;

/// <summary>Article types, topics, pages, menus and redirects.</summary>
internal static class StructureSql
{
    public const string ArticleTypes = $"""
        select {ItemSql.Members}, t.label, t.plural_label as "pluralLabel"
        from   content.items i
        left join content.article_types t on t.item_id = i.item_id
        where  i.resource = 'articleType'
        order  by i.item_id
        """;

    public const string Topics = $"""
        select {ItemSql.Members}, t.name, t.kind, nullif(t.description, '') as description,
               (select {ItemSql.Named} from content.items n where n.item_id = t.parent_id) as parent, t.featured
        from   content.items i
        left join content.topics t on t.item_id = i.item_id
        where  i.resource = 'topic'
        order  by i.item_id
        """;

    public const string Pages = $"""
        select {ItemSql.Members}, p.title, nullif(p.summary, '') as summary, nullif(p.body_html, '') as "bodyHtml", p.language,
               (select {ItemSql.Named} from content.items n where n.item_id = p.parent_id) as parent,
               (select jsonb_strip_nulls(m.image) from content.images m where m.image_id = p.image_id) as image,
               nullif(jsonb_strip_nulls(p.seo), '{Seo}') as seo
        from   content.items i
        left join content.pages p on p.item_id = i.item_id
        where  i.resource = 'page'
        order  by i.item_id
        """;

    // Positions are in reading order, so each level follows from the one before.
    public const string Menus = $$"""
        select {{ItemSql.Members}}, m.label,
               (with recursive levels (position, level) as (
                    select e.position, 1 from content.menu_items e where e.menu_id = m.item_id and e.parent is null
                    union all
                    select e.position, l.level + 1
                    from   levels l
                    join   content.menu_items e on e.menu_id = m.item_id and e.parent = l.position)
                select json_agg(json_build_object(
                           'level', l.level, 'label', e.label,
                           'target', case when n.item_id is not null then json_build_object(n.resource, {{ItemSql.Named}})
                                          when e.url is not null then json_build_object('url', e.url) end) order by e.position)
                from   levels l
                join   content.menu_items e on e.menu_id = m.item_id and e.position = l.position
                left join content.items n on n.item_id = e.target_id) as items
        from   content.items i
        left join content.menus m on m.item_id = i.item_id
        where  i.resource = 'menu'
        order  by i.item_id
        """;

    public const string Redirects = $"""
        select 'redirect' as resource, r.path as "from",
               coalesce(r.url, (select n.resource || 's/' || {ItemSql.Named} from content.items n where n.item_id = r.target_id)) as "to"
        from   content.redirects r
        order  by r.path
        """;

    /// <summary>A <c>seo</c> object without any value.</summary>
    public const string Seo = """{"noindex": false}""";
}
