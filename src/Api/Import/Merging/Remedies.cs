using System.Text.RegularExpressions;
using Api.Import.Lines;
using Api.Import.Lines.Values;

namespace Api.Import.Merging;

/// <summary>
/// Takes back from the staging tables what the database would not take, so that the rest can be tried again. In a move (<see cref="Rejections.Mend"/>) that is as little as can be:
/// a reference, an old slug, a redirect; else the whole line.
/// </summary>
internal sealed partial class Remedies(ImportSession session, Rejections mode)
{
    private const string ProblemsSql = """
        select distinct p.line, coalesce(i.resource, 'redirect') as resource, coalesce(i.slug, r.path) as slug, p.problem as reason
        from   stage_problems p
        left join stage_items i on i.line = p.line
        left join stage_redirects r on r.line = p.line
        order  by p.line, reason
        """;

    // Problems are mended one by one; without these each would read the tables from end to end.
    private const string IndexesSql = """
        create index if not exists remedies_items on stage_items (line);
        create index if not exists remedies_slugs on stage_items (resource, slug);
        create index if not exists remedies_references on stage_references (line);
        create index if not exists remedies_targets on stage_references (resource, slug);
        """;

    private static readonly string[] Tables =
        ["items", "references", "menu_entries", "redirects", "article_types", "topics", "experts", "articles", "events", "pages", "menus"];

    /// <summary>Lines that are left out, numbered as staged.</summary>
    public List<RejectedLine> Skipped { get; } = [];

    /// <summary>What was left out of lines or put right, numbered as staged.</summary>
    public List<RejectedLine> Mended { get; } = [];

    /// <summary>What is wrong, a row for each problem. To be asked for before the tables are set back.</summary>
    public Task<IReadOnlyList<RejectedLine>> List() => session.List<RejectedLine>(ProblemsSql);

    /// <summary>Takes the causes of these problems out of the tables.</summary>
    /// <param name="problems">See <see cref="List"/>.</param>
    /// <param name="isLast">Leaves whole lines out, whatever would help.</param>
    public async Task Apply(IReadOnlyList<RejectedLine> problems, bool isLast)
    {
        await session.Run(IndexesSql);
        var skipped = new List<RejectedLine>();
        foreach (var problem in problems)
            if (mode == Rejections.Mend && !isLast && problem.Resource != "redirect" && await Mend(problem) is { } done)
                Mended.Add(problem with { Reason = $"{problem.Reason}: {done}" });
            else
                skipped.Add(problem);
        if (skipped.Count == 0)
            return;
        var lines = skipped.Select(line => line.Line).Distinct().ToArray();
        foreach (var table in Tables)
            if (await session.Get<bool>("select to_regclass(@name) is not null", new { name = "stage_" + table }))
                await session.Run($"delete from stage_{table} where line = any(@lines)", new { lines });
        Skipped.AddRange(Joined(skipped));
    }

    /// <summary>A row for each line, with all that is wrong with it.</summary>
    public static IEnumerable<RejectedLine> Joined(IEnumerable<RejectedLine> problems) =>
        problems.GroupBy(problem => problem.Line).Select(line => line.First() with { Reason = string.Join("; ", line.Select(problem => problem.Reason)) });

    private async Task<string?> Mend(RejectedLine problem)
    {
        var (member, reason) = problem.Reason.Split(": ", 2) is [var first, var rest] ? (first, rest) : ("", problem.Reason);
        return member switch
        {
            "type" or "mergedInto" => null,
            "previousSlugs" when Quoted().Match(reason) is { Success: true } slug => await Done(
                "update stage_items set previous_slugs = array_remove(previous_slugs, @slug) where line = @line", new { problem.Line, slug = slug.Groups[1].Value }),
            "parent" or "translations" when !reason.StartsWith("there is", StringComparison.Ordinal) => await Done(
                "delete from stage_references where line = @line and member = @member", new { problem.Line, member }),
            "id" => await NewId(problem),
            "slug" when reason.StartsWith("was the first", StringComparison.Ordinal) => await NewId(problem),
            "slug" when reason.StartsWith("is the one", StringComparison.Ordinal) => await NewSlug(problem),
            "slug" when reason.Contains("circle: ", StringComparison.Ordinal) => await Done("delete from content.redirects where path = any(@paths)",
                new { paths = reason[(reason.IndexOf("circle: ", StringComparison.Ordinal) + 8)..].Split(" → ") }),
            // What it leads to is nowhere, or gone.
            _ => await Done("""
                delete from stage_references
                where  line = @line and member not in ('type', 'mergedInto')
                and    @reason in (format('there is no %s %s', resource, to_json(coalesce(slug, id::text))), format('the %s %s is deleted', resource, to_json(coalesce(slug, id::text))))
                """, new { problem.Line, reason }),
        };
    }

    private async Task<string?> Done(string sql, object parameters) => await session.Run(sql, parameters) > 0 ? "left out" : null;

    // The item is now of another kind than when it was imported first, or takes an address whose first item has another.
    private async Task<string?> NewId(RejectedLine problem)
    {
        var id = await session.Get<Guid>("select coalesce(given_id, own_id) from stage_items where line = @line", new { problem.Line });
        await session.Run("update stage_items set given_id = @id where line = @line", new { problem.Line, id = ItemId.OfContent(problem.Resource!, $"{id}") });
        return "kept as a new item; look at the one that was there before";
    }

    private async Task<string?> NewSlug(RejectedLine problem)
    {
        for (var number = 2; ; number++)
        {
            var slug = Slugs.Numbered(problem.Slug!, number);
            if (await session.Get<bool>("""
                select exists (select from stage_items where resource = @resource and slug = @slug) or exists (select from content.items where resource = @resource and slug = @slug)
                """, new { problem.Resource, slug }))
                continue;
            await session.Run("""
                update stage_references set slug = @slug where resource = @resource and slug = @old and not exists (select from stage_items where resource = @resource and slug = @old and line <> @line);
                update stage_items set slug = @slug where line = @line
                """, new { problem.Resource, problem.Line, slug, old = problem.Slug });
            return $"it gets '{slug}'";
        }
    }

    [GeneratedRegex("^\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
