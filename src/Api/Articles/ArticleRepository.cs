using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Http.Tags;
using Api.Reading;

namespace Api.Articles;

/// <summary>Reads published articles.</summary>
internal sealed class ArticleRepository(IQueries delivery, ArticleReader articles)
{
    internal static readonly string FindSql = $"""
        select {ArticleRow.ColumnsWithBody}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.articles a
        where  a.slug = @slug
        """;

    /// <summary>The article with its texts; null when no article is visible under the slug.</summary>
    public async Task<FoundArticle?> Find(string slug, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<ArticleRow>(FindSql, new { slug }, cancel) is not { } row)
            return null;
        tags.Items([row.ItemId]);
        Tag(tags, [row]);
        return new FoundArticle(
            (await articles.Show([row], links, cancel))[0],
            row.ItemId,
            row.PrimaryTopicId,
            row.TopicIds,
            row.ExpertIds
        );
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
