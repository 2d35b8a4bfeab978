using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Writes the addresses of the old site.</summary>
internal static class Redirects
{
    private const string DifferingSql = """
        create temporary table next_redirects on commit drop as
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

    /// <summary>How many were new and how many differed.</summary>
    public static async Task<(long Created, long Updated)> Write(ImportSession session)
    {
        if (!session.Stage.Has<RedirectRow>())
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
