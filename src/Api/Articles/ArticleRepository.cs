using Api.Contracts;
using Api.Data;
using Api.Http;
using Api.Http.Caching;
using Api.Listing;
using Api.Reading;
using Dapper;

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

    /// <summary>As of <see cref="ReadAsOf{T}"/>; one round trip, two when names have changed.</summary>
    public async Task<ItemsAsOf<Article>?> AsOf(ListState state, int[] numbers, bool withBody, Links links, CancellationToken cancel)
    {
        var (head, rows) = await delivery.QueryMultiple(
            AsOfSql(withBody), new { sequence = state.Sequence, numbers }, async results => (await results.ReadSingleAsync<AsOfHead>(), (await results.ReadAsync<ArticleRow>()).AsList()), cancel);
        if (!head.Is(state) || rows.Count < numbers.Length) return null;
        var names = await references.Get(head.ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        if (names.Sequence > head.ReferenceSequence) return null;
        return new(head.Sequence, rows.ConvertAll(row => AsOf(row, row.ToArticle(names, links, site, calendar))));
    }

    private static ItemAsOf<Article> AsOf(ArticleRow row, Article article) =>
        new(row.ItemId, article, article.Links.Self, [.. row.ExpertIds.Distinct()], row.TranslationSlugs is { Length: > 0 });

    private static string AsOfSql(bool withBody) => $"""
        {AsOfHead.Sql("article")};
        select {(withBody ? ArticleRow.ColumnsWithBody : ArticleRow.Columns)} from delivery.articles a where a.item_id = any(@numbers)
        """;

    /// <summary>The article with its texts; null when none is visible under the slug.</summary>
    public async Task<FoundArticle?> Find(string slug, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<ArticleRow>(FindSql, new { slug }, cancel) is not { } row) return null;
        tags.Items([row.ItemId]);
        Tag(tags, [row]);
        return new FoundArticle((await Show([row], links, cancel))[0], row.ItemId, row.PrimaryTopicId, row.TopicIds, row.ExpertIds);
    }

    /// <summary>The public shapes of rows that were read in one snapshot.</summary>
    public async Task<IReadOnlyList<Article>> Show(IReadOnlyList<ArticleRow> rows, Links links, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var names = await references.Get(rows[0].ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        return [.. rows.Select(row => row.ToArticle(names, links, site, calendar))];
    }

    // A translation is shown by its slug, but is no part of what tags can say.
    internal static void Tag(AnswerTags tags, IReadOnlyList<ArticleRow> rows)
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

/// <summary>An article that was found.</summary>
/// <param name="Article">Its public shape.</param>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="PrimaryTopicId">That of its primary topic; null when it has none.</param>
/// <param name="TopicIds">Those of its topics.</param>
/// <param name="ExpertIds">Those of its experts.</param>
internal sealed record FoundArticle(Article Article, int ItemId, int? PrimaryTopicId, int[] TopicIds, int[] ExpertIds);
