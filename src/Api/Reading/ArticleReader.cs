using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Listing;
using Dapper;

namespace Api.Reading;

/// <summary>Reads articles by number.</summary>
internal sealed class ArticleReader(IQueries delivery, References references, SiteSettings site, SiteCalendar calendar)
{
    /// <summary>The public shapes of rows read in one snapshot.</summary>
    public async Task<IReadOnlyList<Article>> Show(IReadOnlyList<ArticleRow> rows, Links links, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return [];
        var names = await references.Get(rows[0].ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        return [.. rows.Select(row => row.ToArticle(names, links, site, calendar))];
    }

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
}
