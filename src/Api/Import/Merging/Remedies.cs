using System.Text.RegularExpressions;
using Api.Import.Lines;
using Api.Import.Lines.Values;
using Api.Import.Staging;

namespace Api.Import.Merging;

/// <summary>
/// Removes what the database did not accept from the staging tables, so that the rest can be tried again. In a move (<see
/// cref="Rejections.Mend"/>) it removes as little as possible: a reference, an alias, a redirect; otherwise the whole line.
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

    // Problems are mended one by one; without indexes each would scan the tables.
    private const string IndexesSql = """
        create index if not exists remedies_items on stage_items (line);
        create index if not exists remedies_slugs on stage_items (resource, slug);
        create index if not exists remedies_references on stage_references (line);
        create index if not exists remedies_targets on stage_references (resource, slug);
        """;

    private static readonly string[] Tables =
    [
        "items",
        "references",
        "menu_entries",
        "redirects",
        .. LineKind.All.Select(kind => kind.Table).OfType<DetailTable>().Select(table => table.Name),
    ];

    /// <summary>Lines that are left out, numbered as staged.</summary>
    public List<RejectedLine> Skipped { get; } = [];

    /// <summary>Values that were left out of lines or corrected, numbered as staged.</summary>
    public List<RejectedLine> Mended { get; } = [];

    /// <summary>The problems, one row each. Must be read before the rollback to the savepoint.</summary>
    public Task<IReadOnlyList<RejectedLine>> List() => session.List<RejectedLine>(ProblemsSql);

    /// <summary>Removes the causes of these problems from the tables.</summary>
    /// <param name="problems">See <see cref="List"/>.</param>
    /// <param name="isLast">Leaves out whole lines, even if less would suffice.</param>
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

    /// <summary>One row for each line, with all its problems.</summary>
    public static IEnumerable<RejectedLine> Joined(IEnumerable<RejectedLine> problems) =>
        problems
            .GroupBy(problem => problem.Line)
            .Select(line => line.First() with { Reason = string.Join("; ", line.Select(problem => problem.Reason)) });

    private async Task<string?> Mend(RejectedLine problem)
    {
        var (member, reason) = problem.Reason.Split(": ", 2) is [var first, var rest] ? (first, rest) : ("", problem.Reason);
        return member switch
        {
            "type" or "mergedInto" => null,
            "previousSlugs" when Quoted().Match(reason) is { Success: true } slug => await Done(
                "update stage_items set previous_slugs = array_remove(previous_slugs, @slug) where line = @line",
                new { problem.Line, slug = slug.Groups[1].Value }
            ),
            "parent" or "translations" when !reason.StartsWith("there is", StringComparison.Ordinal) => await Done(
                "delete from stage_references where line = @line and member = @member",
                new { problem.Line, member }
            ),
            "id" => await NewId(problem),
            "slug" when reason.StartsWith("was the first", StringComparison.Ordinal) => await NewId(problem),
            "slug" when reason.StartsWith("is the one", StringComparison.Ordinal) => await NewSlug(problem),
            "slug" when reason.Contains("circle: ", StringComparison.Ordinal) => await Done(
                "delete from content.redirects where path = any(@paths)",
                new { paths = reason[(reason.IndexOf("circle: ", StringComparison.Ordinal) + 8)..].Split(" → ") }
            ),
            // The target of the reference does not exist, or is deleted.
            _ => await Done(
                """
                delete from stage_references
                where  line = @line and member not in ('type', 'mergedInto')
                and    @reason in (format('there is no %s %s', resource, to_json(coalesce(slug, id::text))), format('the %s %s is deleted', resource, to_json(coalesce(slug, id::text))))
                """,
                new { problem.Line, reason }
            ),
        };
    }

    private async Task<string?> Done(string sql, object parameters) => await session.Run(sql, parameters) > 0 ? "left out" : null;

    // The item has another resource than in an earlier import, or takes the slug of an item that got its id from the same slug.
    private async Task<string?> NewId(RejectedLine problem)
    {
        var id = await session.Get<Guid>("select coalesce(given_id, own_id) from stage_items where line = @line", new { problem.Line });
        await session.Run(
            "update stage_items set given_id = @id where line = @line",
            new { problem.Line, id = ItemId.OfContent(problem.Resource!, $"{id}") }
        );
        return "kept as a new item; look at the one that was there before";
    }

    private async Task<string?> NewSlug(RejectedLine problem)
    {
        for (var number = 2; ; number++)
        {
            var slug = Slugs.Numbered(problem.Slug!, number);
            if (
                await session.Get<bool>(
                    """
                    select exists (select from stage_items where resource = @resource and slug = @slug) or exists (select from content.items where resource = @resource and slug = @slug)
                    """,
                    new { problem.Resource, slug }
                )
            )
                continue;
            await session.Run(
                """
                update stage_references set slug = @slug where resource = @resource and slug = @old and not exists (select from stage_items where resource = @resource and slug = @old and line <> @line);
                update stage_items set slug = @slug where line = @line
                """,
                new
                {
                    problem.Resource,
                    problem.Line,
                    slug,
                    old = problem.Slug,
                }
            );
            return $"it gets '{slug}'";
        }
    }

    [GeneratedRegex("^\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
