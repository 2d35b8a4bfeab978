using System.Collections.Frozen;
using Api.Http;
using Dapper;
using Npgsql;

namespace Api.Reading;

/// <summary>Reads items of any resource completely, as their own addresses show them.</summary>
internal sealed class ItemReader(References references, SiteSettings site, SiteCalendar calendar)
{
    private const string Names = "(select reference_sequence from delivery.head) as reference_sequence";

    private static readonly FrozenDictionary<string, Source> Sources = new Source[]
    {
        new("articleType", $"select {ArticleTypeRow.Columns} from delivery.article_types t", "t"),
        new("topic", $"select {TopicRow.Columns}, {Names} from delivery.topics x", "x"),
        new("expert", $"select {ExpertRow.ColumnsWithBody}, {Names} from delivery.experts x {ExpertRow.MostWrittenOn}", "x"),
        new("page", $"select {SitePageRow.ColumnsWithBody} from delivery.pages p", "p"),
        new("menu", "select m.item_id from delivery.menus m", "m"),
        new("event", $"select {EventRow.ColumnsWithBody}, {Names} from delivery.events e", "e"),
        new("article", $"select {ArticleRow.ColumnsWithBody}, {Names} from delivery.articles a", "a"),
    }.ToFrozenDictionary(source => source.Resource, StringComparer.Ordinal);

    /// <summary>The resources it reads. Except for menus, a resource comes before those that refer to it.</summary>
    public static IReadOnlyList<string> Resources { get; } = ["articleType", "topic", "expert", "page", "menu", "event", "article"];

    /// <summary>
    /// The visible items among some numbers of a resource, ordered by number; <see cref="Show(ItemRows, CancellationToken)"/> converts
    /// them.
    /// </summary>
    public Task<ItemRows> Find(NpgsqlConnection connection, string resource, int[] ids, Links links, CancellationToken cancel)
    {
        var source = Sources[resource];
        return Read(connection, resource, $"{source.Select} where {source.Alias}.item_id = any(@ids) order by {source.Alias}.item_id", new { ids }, links, cancel);
    }

    /// <summary>
    /// The next visible items of a resource after number <paramref name="after"/>, at most <paramref name="most"/>, ordered by number; <see
    /// cref="Show(ItemRows, CancellationToken)"/> converts them.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="resource">One of <see cref="Resources"/>.</param>
    /// <param name="after">The number of the last item before; 0 for the start.</param>
    /// <param name="most">The most items to return.</param>
    /// <param name="patience">Timeout in seconds.</param>
    /// <param name="links">Builds the addresses.</param>
    /// <param name="cancel">Cancels the query.</param>
    public Task<ItemRows> Next(NpgsqlConnection connection, string resource, int after, int most, int patience, Links links, CancellationToken cancel)
    {
        var source = Sources[resource];
        return Read(
            connection, resource, $"{source.Select} where {source.Alias}.item_id > @after order by {source.Alias}.item_id limit @most", new { after, most }, links, cancel, patience);
    }

    /// <summary>
    /// Converts rows into the public shapes. The names in them may be newer than the rows, never older; reading names that are not in
    /// memory needs a connection.
    /// </summary>
    public Task<IReadOnlyList<WholeItem>> Show(ItemRows rows, CancellationToken cancel) => Show(rows, references, cancel);

    /// <summary>Converts rows into the public shapes, with names from another source.</summary>
    public static async Task<IReadOnlyList<WholeItem>> Show(ItemRows rows, References names, CancellationToken cancel) =>
        rows.Shape(await names.Get(rows.ReferenceSequence, rows.ExpertIds, cancel));

    private async Task<ItemRows> Read(NpgsqlConnection connection, string resource, string sql, object parameters, Links links, CancellationToken cancel, int? patience = null)
    {
        switch (resource)
        {
            case "articleType":
                var types = await Rows<ArticleTypeRow>();
                return new ItemRows(0, [], _ => [.. types.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToType(links)))]);
            case "page":
                var pages = await Rows<SitePageRow>();
                return new ItemRows(0, [], _ => [.. pages.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToPage(links)))]);
            case "menu":
                var menus = await MenuReader.Find(connection, [.. await Rows<int>()], links, cancel);
                return new ItemRows(0, [], _ => menus);
            case "topic":
                var topics = await Rows<TopicRow>();
                return new ItemRows(topics is [var topic, ..] ? topic.ReferenceSequence : 0, [], names => [.. topics.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToTopic(names, links)))]);
            case "expert":
                var experts = await Rows<ExpertRow>();
                return new ItemRows(experts is [var expert, ..] ? expert.ReferenceSequence : 0, [], names => [.. experts.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToExpert(names, links)))]);
            case "event":
                var events = await Rows<EventRow>();
                return new ItemRows(
                    events is [var @event, ..] ? @event.ReferenceSequence : 0, events.SelectMany(row => row.ExpertIds),
                    names => [.. events.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToEvent(names, links)))]);
            default:
                var articles = await Rows<ArticleRow>();
                return new ItemRows(
                    articles is [var article, ..] ? article.ReferenceSequence : 0, articles.SelectMany(row => row.ExpertIds),
                    names => [.. articles.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToArticle(names, links, site, calendar)))]);
        }

        async Task<IReadOnlyList<T>> Rows<T>() => (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, commandTimeout: patience, cancellationToken: cancel))).AsList();
    }

    private sealed record Source(string Resource, string Select, string Alias);
}

/// <summary>Rows of items whose names are not resolved yet.</summary>
/// <param name="ReferenceSequence">The sequence of the last change of a name when the rows were read.</param>
/// <param name="ExpertIds">The experts that the rows refer to.</param>
/// <param name="Shape">Converts the rows into the public shapes.</param>
internal sealed record ItemRows(long ReferenceSequence, IEnumerable<int> ExpertIds, Func<ReferenceSet, IReadOnlyList<WholeItem>> Shape);

/// <summary>An item in its public shape.</summary>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="Id">Its immutable identifier.</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Item">The contract with its texts.</param>
internal sealed record WholeItem(int ItemId, Guid Id, string Slug, object Item);
