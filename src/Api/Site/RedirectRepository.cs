using Api.Contracts.Site;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Reading;

namespace Api.Site;

/// <summary>Reads where addresses of the site lead.</summary>
internal sealed class RedirectRepository(IQueries delivery)
{
    private const string ResolveSql = """
        select r.path, r.resource, r.slug, r.url, r.status
        from   delivery.redirects r
        where  r.path = any(@spellings)
        order  by array_position(@spellings, r.path);
        -- offset keeps the look-ups from becoming joins, which would read every address
        select a.resource, a.slug, 200 as status
        from   unnest(@resources, @slugs) with ordinality as v (resource, slug, n)
        cross join lateral (select d.resource, d.slug from delivery.addresses d where d.resource = v.resource and d.slug = v.slug and d.current offset 0) a
        order  by v.n;
        select d.resource, d.successor_slug as slug, case when d.successor_slug is null then 410 else 301 end as status
        from   unnest(@resources, @slugs) with ordinality as v (resource, slug, n)
        cross join lateral (select g.resource, g.successor_slug from delivery.withdrawals g where g.resource = v.resource and g.slug = v.slug offset 0) d
        order  by v.n, d.successor_slug nulls last
        """;

    /// <summary>A page of the redirects that have a target; one round trip.</summary>
    public async Task<Found<Redirect>> List(PageWindow window, Links links, CancellationToken cancel)
    {
        var descending = window.Sort.StartsWith('-') != window.Backward;
        var sql = $"""
            select r.path, r.resource, r.slug, r.url, r.status
            from   delivery.redirects r
            where  r.status = 301 {(window.At is null ? "" : $"and r.path {(descending ? "<" : ">")} @at")}
            order  by r.path {(descending ? "desc" : "asc")}
            offset @offset
            limit  @take;
            select count(*)::integer from (select from delivery.redirects r where r.status = 301 limit @most) c
            """;
        var parameters = new
        {
            at = window.At?.Text ?? "",
            offset = window.Offset,
            take = window.Take,
            most = window.Count switch
            {
                CountKind.Exact => int.MaxValue,
                CountKind.None => 0,
                _ => Total.CountedExactly + 1,
            },
        };
        var (rows, count) = await delivery.QueryMultiple(
            sql,
            parameters,
            async results =>
                ((IReadOnlyList<RedirectRow>)[.. await results.ReadAsync<RedirectRow>()], await results.ReadSingleAsync<int>()),
            cancel
        );
        var total = Total.Of(count, window.Count);
        // Paths are unique, so sorting needs no second value.
        return Found<Redirect>.From(rows, window, row => Position.At(row.Path, Guid.Empty), row => row.ToRedirect(links), total);
    }

    /// <summary>The resource an address leads to; null when the address never belonged to anything public. One round trip.</summary>
    public async Task<Resolution?> Resolve(SitePath path, Links links, CancellationToken cancel)
    {
        var parameters = new
        {
            spellings = path.Spellings.ToArray(),
            resources = path.Pages.Select(page => page.Resource).ToArray(),
            slugs = path.Pages.Select(page => page.Slug).ToArray(),
        };
        var (redirects, current, departed) = await delivery.QueryMultiple(
            ResolveSql,
            parameters,
            async results =>
                (
                    (await results.ReadAsync<RedirectRow>()).ToList(),
                    (await results.ReadAsync<RedirectRow>()).ToList(),
                    (await results.ReadAsync<RedirectRow>()).ToList()
                ),
            cancel
        );
        // The page at an address takes precedence over a redirect stored under another spelling, such as with a trailing slash.
        var moved = redirects.Find(row => row.Status == 301 && (current.Count == 0 || row.Path == path.Path));
        // A redirect to the page that has the address anyway is skipped.
        if (moved is not null && !current.Exists(row => row.Resource == moved.Resource && row.Slug == moved.Slug))
            return moved.ToResolution(path.Path, links);
        var found =
            current.FirstOrDefault() ?? departed.Find(row => row.Status == 301) ?? redirects.FirstOrDefault() ?? departed.FirstOrDefault();
        return found?.ToResolution(path.Path, links);
    }
}
