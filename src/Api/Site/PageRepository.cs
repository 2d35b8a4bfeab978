using Api.Collation;
using Api.Contracts.Site;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Reading;

namespace Api.Site;

/// <summary>Reads the standing pages of the site.</summary>
internal sealed class PageRepository(IQueries delivery, TitleOrder order)
{
    private const string FindSql = $"""
        select {SitePageRow.ColumnsWithBody}
        from   delivery.pages p
        where  p.slug = @slug
        """;

    private const int MostAttempts = 3;

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

    /// <summary>A page of the site pages that match; one round trip, two by title.</summary>
    public async Task<Found<SitePage>> List(PageFilter filter, PageWindow window, bool withBody, Links links, CancellationToken cancel)
    {
        if (window.Sort is "title" or "-title")
            return await ListByTitle(filter, window, withBody, links, cancel);
        var parameters = new
        {
            parent = filter.Parent,
            language = filter.Language,
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
        return Found<SitePage>.From(
            rows,
            window,
            row => Position.At(row.UpdatedAt, row.Id),
            row => row.ToPage(links),
            Total.Of(count, window.Count)
        );
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

    // Titles are sorted here: the database does not know their order.
    private async Task<Found<SitePage>> ListByTitle(
        PageFilter filter,
        PageWindow window,
        bool withBody,
        Links links,
        CancellationToken cancel
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var matching = await delivery.Query<TitleRow>(
                $"select p.item_id, p.id, p.title {Matching(filter)}",
                new { parent = filter.Parent, language = filter.Language },
                cancel
            );
            var page = new KeyedOrder(matching.Select(row => new KeyedRow(row.ItemId, row.Id, order.Key(row.Title)))).Page(window);
            var numbers = page.Select(row => row.ItemId).ToArray();
            var rows = (
                await delivery.Query<SitePageRow>(
                    $"select {(withBody ? SitePageRow.ColumnsWithBody : SitePageRow.Columns)} from delivery.pages p where p.item_id = any(@numbers)",
                    new { numbers },
                    cancel
                )
            ).ToDictionary(row => row.ItemId);
            // A page may vanish between the two statements.
            if (rows.Count < numbers.Length && attempt < MostAttempts)
                continue;
            return Found<SitePage>.From(
                [.. page.Where(row => rows.ContainsKey(row.ItemId))],
                window,
                row => row.Position,
                row => rows[row.ItemId].ToPage(links),
                Total.Of(matching.Count, window.Count)
            );
        }
    }

    /// <summary>The statement for a page of rows in the direction of the walk, composed of constant fragments.</summary>
    private static string PageSql(PageFilter filter, PageWindow window, bool withBody)
    {
        var descending = window.Sort.StartsWith('-') != window.Backward;
        var direction = descending ? "desc" : "asc";
        var after = window.At is null ? "" : $"and (p.updated_at, p.id) {(descending ? "<" : ">")} (@atInstant, @atId)";
        return $"""
            select {(withBody ? SitePageRow.ColumnsWithBody : SitePageRow.Columns)}
            from   (select p.item_id {Matching(
                filter
            )} {after} order by p.updated_at {direction}, p.id {direction} offset @offset limit @take) r
            join   delivery.pages p on p.item_id = r.item_id
            order  by p.updated_at {direction}, p.id {direction}
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

    private sealed record TitleRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Title { get; init; } = "";
    }
}
