using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Writes the members that only one kind of item has, where they differ.</summary>
internal static class Details
{
    private const string ImagesSql = """
        insert into content.images (id, image)
        select distinct on (s.id) s.id, s.image
        from   stage_images s
        where  not exists (select from content.images o where o.id = s.id)
        order  by s.id
        """;

    public static async Task Write(ImportSession session)
    {
        if (session.Stage.Has<ImageRow>())
            await session.Run(ImagesSql);
        if (session.Stage.Has<ArticleLine>())
            await Sources.Write(session);
        foreach (var table in session.Stage.Tables)
            await session.Run(Noting(table.WriteSql));
    }

    /// <summary>The statement, extended so that the items it wrote are marked as changed.</summary>
    /// <param name="sql">Returns <c>item_id</c>.</param>
    public static string Noting(string sql) =>
        $"""
            with written as ({sql})
            update stage_items s set changed = true from written w where s.item_id = w.item_id and not s.is_new and not s.changed
            """;
}
