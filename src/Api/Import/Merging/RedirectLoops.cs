using Api.Http.Site;

namespace Api.Import.Merging;

/// <summary>
/// Rejects redirects that form a loop, over any number of steps and through the pages of items: a browser that follows them would never
/// arrive.
/// </summary>
internal sealed class RedirectLoops(ImportSession session, SiteSettings site)
{
    // Redirects whose next step may be new: those written by this import, and those to items written by it.
    private const string LeadingSql = """
        create temporary table leading_redirects on commit drop as
        select path from next_redirects
        union
        select r.path from content.redirects r where r.target_id in (select item_id from stage_items)
        union
        select r.path from content.items t join content.redirects r on r.target_id = t.item_id where t.merged_into in (select item_id from stage_items);
        """;

    private const string StartsSql = """
        select r.path, i.resource, i.slug, r.url
        from   leading_redirects l
        join   content.redirects r on r.path = l.path
        left join content.items t on t.item_id = r.target_id
        left join content.items i on i.item_id = coalesce(t.merged_into, t.item_id)
        where  l.path > @after and (r.url is not null or i.resource = any(@reached))
        order  by l.path
        limit  5000
        """;

    private const string StepsSql = """
        select r.path, i.resource, i.slug, r.url
        from   content.redirects r
        left join content.items t on t.item_id = r.target_id
        left join content.items i on i.item_id = coalesce(t.merged_into, t.item_id)
        where  r.path = any(@paths)
        """;

    // The problem is reported for the redirects of this import; if none is in the loop, for the items that moved to the source of a
    // redirect.
    private const string RejectSql = """
        with redirects as (
            insert into stage_problems select s.line, @problem from stage_redirects s where s.path = any(@paths) returning line)
        insert into stage_problems
        select distinct s.line, 'slug: the redirects of its pages lead in a circle: ' || @circle
        from   content.redirects r
        join   content.items t on t.item_id = r.target_id
        join   stage_items s on s.item_id in (t.item_id, t.merged_into)
        where  r.path = any(@paths) and not exists (select from redirects)
        """;

    /// <summary>Checks what the import has written so far.</summary>
    public async Task Check()
    {
        var reached = new List<string>();
        foreach (var (resource, template) in site.PageUrls)
        {
            var before = new Uri(template[..template.IndexOf('{', StringComparison.Ordinal)]).AbsolutePath;
            if (await session.Get<bool>("select exists (select from content.redirects where starts_with(path, @before))", new { before }))
                reached.Add(resource);
        }
        await session.Run(LeadingSql);
        for (var after = ""; ; )
        {
            var starts = await session.List<Step>(StartsSql, new { after, reached });
            if (starts.Count == 0)
                return;
            after = starts[^1].Path;
            await Check(starts);
        }
    }

    private async Task Check(IReadOnlyList<Step> starts)
    {
        var known = starts.ToDictionary(step => step.Path, StringComparer.Ordinal);
        var asked = known.Keys.ToHashSet(StringComparer.Ordinal);
        for (var steps = starts; steps.Count > 0; )
        {
            string[] paths = [.. steps.SelectMany(Next).Where(asked.Add)];
            steps = paths.Length == 0 ? [] : await session.List<Step>(StepsSql, new { paths });
            foreach (var step in steps)
                known[step.Path] = step;
        }
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in starts)
        {
            var visited = new List<string>();
            for (var step = start; step is not null && done.Add(step.Path); )
            {
                visited.Add(step.Path);
                step = Next(step).Select(path => known.GetValueOrDefault(path)).FirstOrDefault(next => next is not null);
                if (step is not null && visited.IndexOf(step.Path) is >= 0 and var first)
                    await Reject(visited[first..]);
            }
        }
    }

    /// <summary>
    /// The spellings of the path that a redirect leads to; none when that is on another site, or is the page of the item at this very
    /// address.
    /// </summary>
    private IReadOnlyList<string> Next(Step step)
    {
        var path = step.Url is { } url ? RedirectPaths.OnSite(url, site) : RedirectPaths.OfItem(step.Resource!, step.Slug!, site);
        return path is null || (step.Url is null && RedirectPaths.Spellings(path).Contains(step.Path, StringComparer.Ordinal))
            ? []
            : RedirectPaths.Spellings(path);
    }

    private Task<int> Reject(List<string> paths)
    {
        var circle = string.Join(" → ", paths.Take(5).Append(paths.Count > 5 ? "…" : paths[0]));
        return session.Run(
            RejectSql,
            new
            {
                paths = paths.ToArray(),
                circle,
                problem = $"to: leads in a circle: {circle}",
            }
        );
    }

    private sealed record Step(string Path, string? Resource, string? Slug, string? Url);
}
