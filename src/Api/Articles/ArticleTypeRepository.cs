using Api.Collation;
using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Site;
using Api.Reading;

namespace Api.Articles;

/// <summary>Reads article types.</summary>
internal sealed class ArticleTypeRepository(IQueries delivery, TitleOrder order)
{
    private const string FindSql = $"select {ArticleTypeRow.Columns} from delivery.article_types t where t.slug = @slug";

    private const string AllSql = $"select {ArticleTypeRow.Columns} from delivery.article_types t";

    /// <summary>A page of the types; one round trip. A site has only a few, so all are read and the page is cut here.</summary>
    public async Task<Found<ArticleType>> List(PageWindow window, Links links, CancellationToken cancel)
    {
        var all = (await delivery.Query<ArticleTypeRow>(AllSql, null, cancel)).ToDictionary(row => row.ItemId);
        var rows = new KeyedOrder(all.Values.Select(row => new KeyedRow(row.ItemId, row.Id, order.Key(row.Label)))).Page(window);
        return Found<ArticleType>.From(
            rows,
            window,
            row => row.Position,
            row => all[row.ItemId].ToType(links),
            window.Count == CountKind.None ? Total.None : Total.Exact(all.Count)
        );
    }

    /// <summary>The type; null when no type has the slug.</summary>
    public async Task<ArticleType?> Find(string slug, Links links, CancellationToken cancel) =>
        (await delivery.QueryFirst<ArticleTypeRow>(FindSql, new { slug }, cancel))?.ToType(links);
}
