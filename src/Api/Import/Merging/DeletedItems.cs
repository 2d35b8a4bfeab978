using Api.Contracts;
using Api.Import.Lines;
using Api.Import.Staging;

namespace Api.Import.Merging;

/// <summary>Handles deleted items, and moves the links of merged items to their targets.</summary>
internal static class DeletedItems
{
    private const string HandsNothingOver = "not exists (select from stage_merged m where m.item_id = s.item_id)";

    // The parent of a deleted topic or page becomes the parent of its children.
    private const string DeletedSql = $"""
        update content.topics c
        set    parent_id = (select p.item_id from content.topics p join content.topics d on d.parent_id = p.item_id
                            where  d.item_id = c.parent_id
                            and    not exists (select from stage_items s where s.item_id = p.item_id and s.publication_status = 'deleted' and {HandsNothingOver}))
        from   stage_items s
        where  s.item_id = c.parent_id and s.publication_status = 'deleted' and {HandsNothingOver};
        """;

    // Those that others refer to come last; articles need their types until they have another.
    private static readonly string[] Tables =
    [
        .. LineKind
            .All.Select(kind => kind.Table)
            .OfType<DetailTable>()
            .Where(table => table != ArticleTypeLine.Table)
            .Select(table => table.Name)
            .Reverse(),
    ];

    // Links of a merged item first become links of the target; of several, the first is kept. The remaining ones are duplicates and are
    // deleted.
    private static readonly string[] MovedLinks =
    [
        MovedSql("article_topics", "article", "topic", role: false),
        MovedSql("article_experts", "article", "expert", role: true),
        MovedSql("event_topics", "event", "topic", role: false),
        MovedSql("event_experts", "event", "expert", role: true),
    ];

    private static readonly string MovedReferencesSql = $"""
        {MovedUpSql("topics")}
        {MovedUpSql("pages")}
        update content.articles a set primary_topic_id = m.target from stage_merged m where a.primary_topic_id = m.item_id;
        update content.articles a set type_id = m.target from stage_merged m where a.type_id = m.item_id;
        update content.experts e set program_id = m.target from stage_merged m where e.program_id = m.item_id;
        update content.menu_items e set target_id = m.target from stage_merged m where e.target_id = m.item_id;
        update content.pages p set parent_id = m.target from stage_merged m where p.parent_id = m.item_id and p.item_id <> m.target;
        update content.topics t set parent_id = m.target from stage_merged m where t.parent_id = m.item_id and t.item_id <> m.target;
        """;

    /// <summary>
    /// Deletes the content of deleted items, except those whose links are still to be moved. Their addresses stay, as tombstones.
    /// </summary>
    public static async Task Delete(ImportSession session)
    {
        if (!await IsAnythingDeleted(session))
            return;
        await session.Run(DeletedSql);
        foreach (var table in Tables)
            await session.Run(Details.Noting(DropSql(table) + $"and {HandsNothingOver} returning o.item_id"));
    }

    /// <summary>
    /// Deletes the content of merged items once their links are moved, and article types, which articles need until they have another.
    /// </summary>
    public static async Task DeleteTheRest(ImportSession session)
    {
        if (!await IsAnythingDeleted(session))
            return;
        foreach (var table in Tables.Append(ArticleTypeLine.Table.Name))
            await session.Run(Details.Noting(DropSql(table) + "returning o.item_id"));
    }

    /// <summary>Moves the links of merged items to the targets of the merges.</summary>
    public static async Task Move(ImportSession session)
    {
        if (!await session.Get<bool>("select exists (select from stage_items where merged_into is not null)"))
            return;
        foreach (var sql in MovedLinks)
            await session.Run(sql);
        await session.Run(MovedReferencesSql);
    }

    // A target that stands below the item merged into it moves up to that item's place: else it would become its own ancestor.
    private static string MovedUpSql(string table) =>
        $"""
            with recursive above (target, item_id, depth) as (
                select t.item_id, t.parent_id, 1 from content.{table} t where t.item_id in (select target from stage_merged)
                union all
                select a.target, t.parent_id, a.depth + 1 from above a join content.{table} t on t.item_id = a.item_id where a.depth < {Catalogue.TreeLevels})
            update content.{table} t set parent_id = o.parent_id
            from  (select distinct on (a.target) a.target, a.item_id
                   from   above a join stage_merged m on m.item_id = a.item_id and m.target = a.target
                   order  by a.target, a.depth desc) highest
            join   content.{table} o on o.item_id = highest.item_id
            where  t.item_id = highest.target;
            """;

    private static Task<bool> IsAnythingDeleted(ImportSession session) =>
        session.Get<bool>("select exists (select from stage_items where publication_status = 'deleted' and not is_new)");

    private static string DropSql(string table) =>
        $"delete from content.{table} o using stage_items s where s.item_id = o.item_id and s.publication_status = 'deleted' ";

    private static string MovedSql(string table, string owner, string target, bool role)
    {
        var roleColumn = role ? ", role" : "";
        return $"""
            insert into content.{table} ({owner}_id, {target}_id, position{roleColumn})
            select l.{owner}_id, m.target, l.position{roleColumn}
            from   content.{table} l
            join   stage_merged m on m.item_id = l.{target}_id
            order  by l.{owner}_id, l.position, l.{target}_id{roleColumn.Replace(", ", ", l.", StringComparison.Ordinal)}
            on conflict do nothing;

            delete from content.{table} l using stage_merged m where l.{target}_id = m.item_id;
            """;
    }
}
