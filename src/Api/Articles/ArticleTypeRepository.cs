using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Reading;

namespace Api.Articles;

/// <summary>Reads article types.</summary>
internal sealed class ArticleTypeRepository(DeliveryDatabase delivery)
{
    private const string FindSql = $"select {ArticleTypeRow.Columns} from delivery.article_types t where t.slug = @slug";

    private const string CountSql = "select count(*)::integer from delivery.article_types";

    /// <summary>A page of the types; one round trip.</summary>
    public async Task<Found<ArticleType>> List(PageWindow window, Links links, CancellationToken cancel)
    {
        var (direction, after) = window.Sort.StartsWith('-') != window.Backward ? ("desc", "<") : ("asc", ">");
        var pageSql = $"""
            select {ArticleTypeRow.Columns} from delivery.article_types t
            where  @label::text is null or (t.label collate "C", t.id) {after} (@label collate "C", @id::uuid)
            order  by t.label collate "C" {direction}, t.id {direction} offset @offset limit @take
            """;
        var parameters = new
        {
            label = window.At?.Text,
            id = window.At?.Id,
            offset = window.Offset,
            take = window.Take,
        };
        var (rows, total) = await delivery.QueryMultiple(
            $"{pageSql};\n{CountSql}",
            parameters,
            async results => ((await results.ReadAsync<ArticleTypeRow>()).ToList(), await results.ReadSingleAsync<int>()),
            cancel
        );
        return Found<ArticleType>.From(
            rows,
            window,
            row => Position.At(row.Label, row.Id),
            row => row.ToType(links),
            window.Count == CountKind.None ? Total.None : Total.Exact(total)
        );
    }

    /// <summary>The type; null when no type has the slug.</summary>
    public async Task<ArticleType?> Find(string slug, Links links, CancellationToken cancel) =>
        (await delivery.QueryFirst<ArticleTypeRow>(FindSql, new { slug }, cancel))?.ToType(links);
}
