using Api.Import.Lines;

namespace Api.Import.Merging;

/// <summary>Groups articles that are translations of one another.</summary>
/// <remarks>
/// The <c>translations</c> of a line are complete: an article leaves its stored group unless its own line or another one links it. Articles
/// that the import does not mention, and articles whose source does not know translations (<see cref="ImportLine.Keeps"/>), stay together.
/// A group is named by the least id in it, so that the same articles always give the same group.
/// </remarks>
internal static class Translations
{
    // An article names the others of its group, and a line may name at most 50.
    private const int Most = 51;

    private static readonly string CrowdedSql = $"""
        insert into stage_problems
        select s.line, 'translations: more than {Most} articles would be translations of one another'
        from   stage_items s
        where  s.item_id = any(@items)
        """;

    private const string TiesSql = """
        select s.item_id, r.target
        from   stage_references r
        join   stage_items s on s.line = r.line
        where  r.member = 'translations' and r.target <> s.item_id
        """;

    // A group keeps the id of an article that has left it, and that article may join another group. Groups named by the id of one of these
    // articles are therefore included, and recursively the groups named by their members.
    private const string MembersSql = """
        with recursive tied (item_id) as (
            select r.target from stage_references r where r.member = 'translations'
            union
            select s.item_id from stage_references r join stage_items s on s.line = r.line where r.member = 'translations'),
        touched (translation_group) as (
            (select t.translation_group
             from  (select item_id from tied union select s.item_id from stage_items s where s.resource = 'article') n
             join   content.translations t on t.article_id = n.item_id
             union
             select i.id from tied n join content.items i on i.item_id = n.item_id)
            union
            select i.id
            from   touched g
            join   content.translations t on t.translation_group = g.translation_group
            join   content.items i on i.item_id = t.article_id)
        select a.item_id, i.id, t.translation_group as "group", s.item_id is not null and 'translations' <> all(s.keeps) as staged
        from   content.articles a
        join   content.items i on i.item_id = a.item_id
        left join content.translations t on t.article_id = a.item_id
        left join stage_items s on s.item_id = a.item_id
        where  t.translation_group in (select translation_group from touched)
        or     a.item_id in (select item_id from tied)
        """;

    private const string WriteSql = """
        with wanted as (
            select n.item_id, n.translation_group from unnest(@items::integer[], @groups::uuid[]) n (item_id, translation_group)),
        left_behind as (
            delete from content.translations t using wanted n
            where  t.article_id = n.item_id and n.translation_group is null
            returning t.article_id),
        written as (
            insert into content.translations (article_id, translation_group)
            select n.item_id, n.translation_group from wanted n where n.translation_group is not null
            on conflict (article_id) do update set translation_group = excluded.translation_group
            where translations.translation_group <> excluded.translation_group
            returning article_id)
        update stage_items s set changed = true
        from  (select article_id from left_behind union select article_id from written) w
        where  s.item_id = w.article_id
        """;

    public static async Task Write(ImportSession session)
    {
        var members = await session.List<Member>(MembersSql);
        if (members.Count == 0)
            return;
        var groups = Group(members, await session.List<Tie>(TiesSql));
        var crowded = members
            .GroupBy(member => groups[member.ItemId])
            .Where(group => group.Key is not null && group.Count() > Most)
            .SelectMany(group => group)
            .ToList();
        if (crowded.Count > 0)
            await session.Run(CrowdedSql, new { items = crowded.Select(member => member.ItemId).ToArray() });
        var same = Unchanged(members, groups);
        var differing = members.Where(member => member.Group != groups[member.ItemId] && !same.Contains(member.Group)).ToList();
        if (differing.Count == 0)
            return;
        await session.Run(
            WriteSql,
            new
            {
                items = differing.Select(member => member.ItemId).ToArray(),
                groups = differing.Select(member => groups[member.ItemId]).ToArray(),
            }
        );
    }

    /// <summary>The group of each member; null for a member that is alone.</summary>
    public static IReadOnlyDictionary<int, Guid?> Group(IReadOnlyList<Member> members, IReadOnlyList<Tie> ties)
    {
        var leader = members.ToDictionary(member => member.ItemId, member => member.ItemId);
        foreach (var tie in ties)
            leader[Find(leader, tie.ItemId)] = Find(leader, tie.Target);
        foreach (var stored in members.Where(member => member is { Staged: false, Group: not null }).GroupBy(member => member.Group))
        {
            foreach (var member in stored)
                leader[Find(leader, member.ItemId)] = Find(leader, stored.First().ItemId);
        }
        return members
            .GroupBy(member => Find(leader, member.ItemId))
            .SelectMany(group =>
                group.Select(member => (member.ItemId, Group: group.Count() > 1 ? group.Min(other => other.Id) : (Guid?)null))
            )
            .ToDictionary(member => member.ItemId, member => member.Group);
    }

    // A stored group that lost its first article keeps its id, unless another group needs that id; a last remaining member keeps its row.
    // Neither is a change of the other articles.
    private static HashSet<Guid?> Unchanged(IReadOnlyList<Member> members, IReadOnlyDictionary<int, Guid?> groups)
    {
        var wanted = members.Where(member => groups[member.ItemId] is not null).ToLookup(member => groups[member.ItemId]);
        return
        [
            .. from stored in members.Where(member => member.Group is not null).GroupBy(member => member.Group)
            let names = stored.Select(member => groups[member.ItemId]).Distinct().ToList()
            where
                names is [var name]
                && stored.Count() == (name is null ? 1 : wanted[name].Count())
                && wanted[stored.Key].All(stored.Contains)
            select stored.Key,
        ];
    }

    private static int Find(Dictionary<int, int> leader, int item)
    {
        while (leader[item] != item)
            item = leader[item] = leader[leader[item]];
        return item;
    }

    /// <summary>An article that is in a group, or will be.</summary>
    internal sealed record Member(int ItemId, Guid Id, Guid? Group, bool Staged);

    /// <summary>A line says that two articles are translations of one another.</summary>
    internal sealed record Tie(int ItemId, int Target);
}
