namespace Api.Import.Merging;

/// <summary>Writes the outlets of media items. The last line that names an outlet decides its name.</summary>
internal static class Sources
{
    private const string DifferingSql = """
        create temporary table next_sources on commit drop as
        select n.slug, n.name
        from  (select distinct on (s.source_slug) s.source_slug as slug, s.source_name as name
               from   stage_articles s
               where  s.source_slug is not null
               order  by s.source_slug, s.line desc) n
        left join content.sources o on o.slug = n.slug
        where  o.name is distinct from n.name;
        """;

    private const string WriteSql = """
        insert into content.sources (slug, name)
        select slug, name from next_sources order by slug
        on conflict (slug) do update set name = excluded.name
        """;

    public static async Task Write(ImportSession session)
    {
        await session.Run(DifferingSql);
        // A statement on this table counts as a visible change even when it writes no row.
        if (await session.Get<bool>("select exists (select from next_sources)"))
            await session.Run(WriteSql);
    }
}
