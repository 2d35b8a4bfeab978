using Api.Contracts;
using Api.Data;
using Api.Http;
using Api.Http.Caching;
using Api.Reading;

namespace Api.Articles;

/// <summary>Reads published articles.</summary>
internal sealed class ArticleRepository(DeliveryDatabase delivery, References references, SiteSettings site, SiteCalendar calendar, Ladder ladder, SearchReach reach)
{
    internal static readonly string FindSql = $"""
        select {ArticleRow.ColumnsWithBody}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.articles a
        where  a.slug = @slug
        """;

    /// <summary>A page of the articles that match; two round trips, three when names have changed.</summary>
    public async Task<Found<Article>> List(ArticleFilter filter, PageWindow window, bool withBody, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (filter.FindsNothing) return Found<Article>.Nothing(window);
        var sql = new ArticleListSql(filter, window, ladder, reach);
        var columns = withBody ? ArticleRow.ColumnsWithBody : ArticleRow.Columns;
        var page = window.Sort == "given" ? sql.GivenPage(columns) : sql.Page(columns);
        var (rows, total) = window.Limit == 0 ? ([], await Count(sql, window, cancel)) : window.Count == CountKind.None
            ? (await delivery.Query<ArticleRow>(page, sql.Parameters(), cancel), Total.None)
            : await delivery.QueryMultiple($"{page};\n{sql.Total(window.Count == CountKind.Exact)}", sql.Parameters(), async results =>
                ((IReadOnlyList<ArticleRow>)[.. await results.ReadAsync<ArticleRow>()], Total.Of(await results.ReadSingleAsync<int?>(), window.Count)), cancel);
        Tag(tags, rows);
        var articles = await Show(rows, links, cancel);
        var shown = rows.Zip(articles).ToList();
        return Found<Article>.From(shown, window, pair => PositionOf(pair.First), pair => pair.Second, total);
    }

    private async Task<Total> Count(ArticleListSql sql, PageWindow window, CancellationToken cancel) => window.Count == CountKind.None
        ? Total.None
        : Total.Of(await delivery.QueryFirst<int?>(sql.Total(window.Count == CountKind.Exact), sql.Parameters(), cancel), window.Count);

    /// <summary>The article with its texts; null when none is visible under the slug.</summary>
    public async Task<(Article Article, int ItemId, int? PrimaryTopicId)?> Find(string slug, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<ArticleRow>(FindSql, new { slug }, cancel) is not { } row) return null;
        tags.Items([row.ItemId]);
        Tag(tags, [row]);
        return ((await Show([row], links, cancel))[0], row.ItemId, row.PrimaryTopicId);
    }

    /// <summary>The public shapes of rows that were read in one snapshot.</summary>
    public async Task<IReadOnlyList<Article>> Show(IReadOnlyList<ArticleRow> rows, Links links, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var names = await references.Get(rows[0].ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        return [.. rows.Select(row => row.ToArticle(names, links, site, calendar))];
    }

    // A translation is shown by its slug, but is no part of what tags can say.
    private static void Tag(AnswerTags tags, IReadOnlyList<ArticleRow> rows)
    {
        tags.Items(rows.SelectMany(row => row.ExpertIds));
        if (rows.Any(row => row.TranslationSlugs is { Length: > 0 })) tags.Everything();
    }

    private static Position PositionOf(ArticleRow row) =>
        row.Place is { } place ? Position.At(place, row.Id)
        : row.SortScore is { } score ? new Position(score, null, row.Id)
        : row.SortText is { } text ? Position.At(text, row.Id)
        : Position.At(row.SortAt!.Value, row.Id);
}
