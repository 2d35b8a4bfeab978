using Api.Contracts;
using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Finds topics and pages that stand too deep, whichever of their ancestors moved.</summary>
internal static class Depths
{
    public static async Task Check(ImportSession session)
    {
        var isMerged = await session.Get<bool>("select exists (select from stage_items where merged_into is not null)");
        if (isMerged || session.Stage.Has<TopicLine>())
            await session.Run(CheckSql("topics", "topic"));
        if (isMerged || session.Stage.Has<PageLine>())
            await session.Run(CheckSql("pages", "page"));
    }

    // The problem is reported for the lines above the item that is too deep.
    private static string CheckSql(string table, string resource) =>
        $"""
            with recursive tree (item_id, depth) as (
                select t.item_id, 1 from content.{table} t where t.parent_id is null
                union all
                select t.item_id, b.depth + 1 from tree b join content.{table} t on t.parent_id = b.item_id where b.depth < {Catalogue.TreeLevels
                + 1}),
            above (item_id) as (
                select b.item_id from tree b where b.depth = {Catalogue.TreeLevels + 1}
                union
                select t.parent_id from above a join content.{table} t on t.item_id = a.item_id where t.parent_id is not null)
            insert into stage_problems
            select s.line, case when s.merged_into is null then 'parent' else 'mergedInto' end || ': would put something more than {Catalogue.TreeLevels
                - 1} levels deep'
            from   stage_items s
            where  s.resource = '{resource}' and coalesce(s.merged_into, s.item_id) in (select a.item_id from above a)
            """;
}
