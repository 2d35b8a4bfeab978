using Api.Contracts.Site;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Reading;

namespace Api.Site;

/// <summary>Reads the standing pages of the site.</summary>
internal sealed class PageRepository(DeliveryDatabase delivery)
{
    private const string FindSql = $"""
        select {SitePageRow.ColumnsWithBody}
        from   delivery.pages p
        where  p.slug = @slug
        """;

    private const string FindPlaceSql = """
        select (select p.slug
                from   delivery.addresses a
                join   delivery.pages p on p.item_id = a.item_id
                where  a.resource = 'page' and a.slug = @slug
                order  by a.current desc, p.slug -- two that are gone may have had the slug
                limit  1) as slug,
               exists (select from delivery.withdrawals d where d.resource = 'page' and d.slug = @slug) as gone
        """;

    private const string LanguagesSql = "select distinct p.language from delivery.pages p order by p.language";

    private const string SlugsSql = "select p.slug from delivery.pages p order by p.slug limit 5000";

    /// <summary>A page of the site pages that match; one round trip.</summary>
    public async Task<Found<SitePage>> List(PageFilter filter, PageWindow window, bool withBody, Links links, CancellationToken cancel)
    {
        var parameters = new
        {
            parent = filter.Parent,
            language = filter.Language,
            atText = window.At?.Text ?? "",
            atInstant = window.At?.Instant,
            atId = window.At?.Id,
            offset = window.Offset,
            take = window.Take,
            most = window.Count == CountKind.Exact ? int.MaxValue : Total.CountedExactly + 1,
        };
        var sql = $"{PageSql(filter, window, withBody)};\nselect count(*)::integer from (select {Matching(filter)} limit @most) c";
        var (rows, count) = await delivery.QueryMultiple(
            sql,
            parameters,
            async results =>
                ((IReadOnlyList<SitePageRow>)[.. await results.ReadAsync<SitePageRow>()], await results.ReadSingleAsync<int>()),
            cancel
        );
        return Found<SitePage>.From(rows, window, row => PositionOf(row, window), row => row.ToPage(links), Total.Of(count, window.Count));
    }

    /// <summary>The page with its texts; null when no page is visible under the slug. One round trip.</summary>
    public async Task<SitePage?> Find(string slug, Links links, CancellationToken cancel) =>
        (await delivery.QueryFirst<SitePageRow>(FindSql, new { slug }, cancel))?.ToPage(links);

    /// <summary>
    /// The current slug for a current or old slug. Null when no page is visible under it: with <c>Gone</c> when it was public once, without
    /// when it never was.
    /// </summary>
    public async Task<(string? Slug, bool Gone)> FindPlace(string slug, CancellationToken cancel) =>
        await delivery.QueryFirst<(string?, bool)>(FindPlaceSql, new { slug }, cancel);

    /// <summary>The language tags of all pages.</summary>
    public Task<IReadOnlyList<string>> Languages(CancellationToken cancel) => delivery.Query<string>(LanguagesSql, null, cancel);

    /// <summary>The slugs of all pages, at most 5,000.</summary>
    public Task<IReadOnlyList<string>> Slugs(CancellationToken cancel) => delivery.Query<string>(SlugsSql, null, cancel);

    /// <summary>The statement for a page of rows in the direction of the walk, composed of constant fragments.</summary>
    private static string PageSql(PageFilter filter, PageWindow window, bool withBody)
    {
        var descending = window.Sort.StartsWith('-') != window.Backward;
        var direction = descending ? "desc" : "asc";
        var (column, at) = ByTitle(window) ? ("title_sort", "@atText") : ("updated_at", "@atInstant");
        var after = window.At is null ? "" : $"and (p.{column}, p.id) {(descending ? "<" : ">")} ({at}, @atId)";
        return $"""
            select {(withBody ? SitePageRow.ColumnsWithBody : SitePageRow.Columns)}
            from   (select p.item_id {Matching(
                filter
            )} {after} order by p.{column} {direction}, p.id {direction} offset @offset limit @take) r
            join   delivery.pages p on p.item_id = r.item_id
            order  by p.{column} {direction}, p.id {direction}
            """;
    }

    // Only the conditions of the request are part of the statement.
    private static string Matching(PageFilter filter) =>
        $"""
            from   delivery.pages p
            where  {(
                filter.Parent is null
                    ? "true"
                    : "p.item_id in (select c.item_id from delivery.page_parents c where c.parent_slug = @parent)"
            )}
            and    {(filter.Language is null ? "true" : "(lower(p.language) = @language or lower(p.language) like @language || '-%')")}
            """;

    private static bool ByTitle(PageWindow window) => window.Sort.EndsWith("title", StringComparison.Ordinal);

    private static Position PositionOf(SitePageRow row, PageWindow window) =>
        ByTitle(window) ? Position.At(row.TitleSort, row.Id) : Position.At(row.UpdatedAt, row.Id);
}
