using Api.Http.Site;
using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Writes the redirects from addresses of the old site.</summary>
internal static class Redirects
{
    private const string DifferingSql = """
        insert into next_redirects
        select s.path, r.target, s.url, o.path is null as is_new
        from   stage_redirects s
        left join stage_references r on r.line = s.line and r.member = 'to'
        left join content.redirects o on o.path = s.path
        where  o.path is null or (o.target_id, o.url) is distinct from (r.target, s.url)
        """;

    private const string WriteSql = """
        insert into content.redirects (path, target_id, url)
        select path, target, url from next_redirects
        on conflict (path) do update set target_id = excluded.target_id, url = excluded.url
        """;

    // Candidates for a redirect from an item's page to itself: in this import, or stored and leading there because of a new slug.
    private const string OwnSql = """
        select s.path, i.slug
        from   stage_redirects s
        join   stage_references r on r.line = s.line and r.member = 'to'
        join   content.items i on i.item_id = r.target
        where  starts_with(s.path, @before) and i.resource = @resource
        union
        select r.path, i.slug
        from   content.redirects r
        join   content.items i on i.item_id = r.target_id
        where  starts_with(r.path, @before) and i.resource = @resource and i.item_id in (select item_id from stage_items)
        """;

    private const string DropSql = """
        delete from stage_redirects where path = any(@paths);
        delete from content.redirects where path = any(@paths)
        """;

    /// <summary>
    /// Removes redirects, of this import and stored, from an item's page to itself: the page has its own address, and its former slugs are
    /// aliases already.
    /// </summary>
    public static async Task DropOwn(ImportSession session, SiteSettings site)
    {
        var own = new List<string>();
        foreach (var (resource, template) in site.PageUrls)
        {
            var before = new Uri(template[..template.IndexOf('{', StringComparison.Ordinal)]).AbsolutePath;
            var rows = await session.List<(string Path, string Slug)>(OwnSql, new { resource, before });
            own.AddRange(
                rows.Where(row => RedirectPaths.AreOne(row.Path, RedirectPaths.OfItem(resource, row.Slug, site))).Select(row => row.Path)
            );
        }
        // A statement on that table counts as a visible change even when it deletes no row.
        if (own.Count > 0)
            await session.Run(DropSql, new { paths = own.ToArray() });
    }

    /// <summary>The number of new and of changed redirects.</summary>
    public static async Task<(long Created, long Updated)> Write(ImportSession session)
    {
        await session.Run(
            "create temporary table next_redirects (path text collate \"C\", target integer, url text, is_new boolean) on commit drop"
        );
        if (!session.Stage.Has<RedirectLine>())
            return (0, 0);
        await session.Run(DifferingSql);
        var created = await session.Get<long>("select count(*) from next_redirects where is_new");
        var updated = await session.Get<long>("select count(*) from next_redirects where not is_new");
        // A statement on this table counts as a visible change even when it writes no row.
        if (created + updated > 0)
            await session.Run(WriteSql);
        return (created, updated);
    }
}
