using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Http.Tags;
using Api.Listing;
using Api.Reading;
using Dapper;

namespace Api.Articles;

/// <summary>Reads published articles.</summary>
internal sealed class ArticleRepository(DeliveryDatabase delivery, References references, SiteSettings site, SiteCalendar calendar)
{
    internal static readonly string FindSql = $"""
        select {ArticleRow.ColumnsWithBody}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.articles a
        where  a.slug = @slug
        """;

    /// <summary>Reads articles by number, see <see cref="ReadAsOf{T}"/>; one round trip, two when names have changed.</summary>
    public async Task<ItemsAsOf<Article>?> AsOf(ListState state, int[] numbers, bool withBody, Links links, CancellationToken cancel)
    {
        var (head, rows) = await delivery.QueryMultiple(
            AsOfSql(withBody),
            new { sequence = state.Sequence, numbers },
            async results => (await results.ReadSingleAsync<AsOfHead>(), (await results.ReadAsync<ArticleRow>()).AsList()),
            cancel
        );
        if (!head.Is(state) || rows.Count < numbers.Length)
            return null;
        var names = await references.Get(head.ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        if (names.Sequence > head.ReferenceSequence)
            return null;
        return new(head.Sequence, rows.ConvertAll(row => AsOf(row, row.ToArticle(names, links, site, calendar))));
    }

    private static ItemAsOf<Article> AsOf(ArticleRow row, Article article) =>
        new(row.ItemId, article, article.Links.Self, [.. row.ExpertIds.Distinct()], row.TranslationSlugs is { Length: > 0 });

    private static string AsOfSql(bool withBody) =>
        $"""
            {AsOfHead.Sql("article")};
            select {(withBody ? ArticleRow.ColumnsWithBody : ArticleRow.Columns)} from delivery.articles a where a.item_id = any(@numbers)
            """;

    /// <summary>The article with its texts; null when no article is visible under the slug.</summary>
    public async Task<FoundArticle?> Find(string slug, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<ArticleRow>(FindSql, new { slug }, cancel) is not { } row)
            return null;
        tags.Items([row.ItemId]);
        Tag(tags, [row]);
        return new FoundArticle((await Show([row], links, cancel))[0], row.ItemId, row.PrimaryTopicId, row.TopicIds, row.ExpertIds);
    }

    /// <summary>The public shapes of rows read in one snapshot.</summary>
    public async Task<IReadOnlyList<Article>> Show(IReadOnlyList<ArticleRow> rows, Links links, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return [];
        var names = await references.Get(rows[0].ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        return [.. rows.Select(row => row.ToArticle(names, links, site, calendar))];
    }

    // An article shows the slugs of its translations, but tags cannot express that dependency.
    internal static void Tag(AnswerTags tags, IReadOnlyList<ArticleRow> rows)
    {
        tags.Items(rows.SelectMany(row => row.ExpertIds));
        if (rows.Any(row => row.TranslationSlugs is { Length: > 0 }))
            tags.Everything();
    }
}

/// <summary>An article with its numbers in the database.</summary>
/// <param name="Article">Its public shape.</param>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="PrimaryTopicId">The number of its primary topic; null when it has none.</param>
/// <param name="TopicIds">The numbers of its topics.</param>
/// <param name="ExpertIds">The numbers of its experts.</param>
internal sealed record FoundArticle(Article Article, int ItemId, int? PrimaryTopicId, int[] TopicIds, int[] ExpertIds);
