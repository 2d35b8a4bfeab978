using System.Collections.Frozen;
using Api.Http.Site;
using Dapper;
using Npgsql;

namespace Api.Reading;

/// <summary>Reads items of any resource completely, as their own addresses show them.</summary>
internal sealed class ItemReader
{
    private const string Names = "(select reference_sequence from delivery.head) as reference_sequence";

    private readonly References references;
    private readonly FrozenDictionary<string, ItemKind> kinds;

    public ItemReader(References references, SiteSettings site, SiteCalendar calendar)
    {
        this.references = references;
        kinds = new ItemKind[]
        {
            new ItemKind<ArticleTypeRow>(
                "articleType",
                $"select {ArticleTypeRow.Columns} from delivery.article_types t",
                "t",
                (row, _, links) => new(row.ItemId, row.Id, row.Slug, row.ToType(links))
            ),
            new ItemKind<TopicRow>(
                "topic",
                $"select {TopicRow.Columns}, {Names} from delivery.topics x",
                "x",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToTopic(names, links)),
                row => row.ReferenceSequence
            ),
            new ItemKind<ExpertRow>(
                "expert",
                $"select {ExpertRow.ColumnsWithBody}, {Names} from delivery.experts x {ExpertRow.MostWrittenOn}",
                "x",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToExpert(names, links)),
                row => row.ReferenceSequence
            ),
            new ItemKind<SitePageRow>(
                "page",
                $"select {SitePageRow.ColumnsWithBody} from delivery.pages p",
                "p",
                (row, _, links) => new(row.ItemId, row.Id, row.Slug, row.ToPage(links))
            ),
            new MenuKind(),
            new ItemKind<EventRow>(
                "event",
                $"select {EventRow.ColumnsWithBody}, {Names} from delivery.events e",
                "e",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToEvent(names, links)),
                row => row.ReferenceSequence,
                row => row.ExpertIds
            ),
            new ItemKind<ArticleRow>(
                "article",
                $"select {ArticleRow.ColumnsWithBody}, {Names} from delivery.articles a",
                "a",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToArticle(names, links, site, calendar)),
                row => row.ReferenceSequence,
                row => row.ExpertIds
            ),
        }.ToFrozenDictionary(kind => kind.Resource, StringComparer.Ordinal);
    }

    /// <summary>The resources it reads. Except for menus, a resource comes before those that refer to it.</summary>
    public static IReadOnlyList<string> Resources { get; } = ["articleType", "topic", "expert", "page", "menu", "event", "article"];

    /// <summary>
    /// The visible items among some numbers of a resource, ordered by number; <see cref="Show(ItemRows, CancellationToken)"/> converts
    /// them.
    /// </summary>
    public Task<ItemRows> Find(NpgsqlConnection connection, string resource, int[] ids, Links links, CancellationToken cancel)
    {
        var kind = kinds[resource];
        return Read(
            connection,
            kind,
            $"{kind.Select} where {kind.Alias}.item_id = any(@ids) order by {kind.Alias}.item_id",
            new { ids },
            links,
            cancel
        );
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
    public Task<ItemRows> Next(
        NpgsqlConnection connection,
        string resource,
        int after,
        int most,
        int patience,
        Links links,
        CancellationToken cancel
    )
    {
        var kind = kinds[resource];
        return Read(
            connection,
            kind,
            $"{kind.Select} where {kind.Alias}.item_id > @after order by {kind.Alias}.item_id limit @most",
            new { after, most },
            links,
            cancel,
            patience
        );
    }

    /// <summary>
    /// Converts rows into the public shapes. The names in them may be newer than the rows, never older; reading names that are not in
    /// memory needs a connection.
    /// </summary>
    public Task<IReadOnlyList<WholeItem>> Show(ItemRows rows, CancellationToken cancel) => Show(rows, references, cancel);

    /// <summary>Converts rows into the public shapes, with names from another source.</summary>
    public static async Task<IReadOnlyList<WholeItem>> Show(ItemRows rows, References names, CancellationToken cancel) =>
        rows.Shape(await names.Get(rows.ReferenceSequence, rows.ExpertIds, cancel));

    private static Task<ItemRows> Read(
        NpgsqlConnection connection,
        ItemKind kind,
        string sql,
        object parameters,
        Links links,
        CancellationToken cancel,
        int? patience = null
    ) => kind.Read(connection, new CommandDefinition(sql, parameters, commandTimeout: patience, cancellationToken: cancel), links, cancel);
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
