using System.Collections.Frozen;
using Api.Http.Site;
using Dapper;
using Npgsql;

namespace Api.Reading;

/// <summary>Reads items of any resource whole, as their own addresses answer them.</summary>
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
                "articleType", $"select {ArticleTypeRow.Columns} from delivery.article_types t", "t",
                (row, _, links) => new(row.ItemId, row.Id, row.Slug, row.ToType(links))),
            new ItemKind<TopicRow>(
                "topic", $"select {TopicRow.Columns}, {Names} from delivery.topics x", "x",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToTopic(names, links)), row => row.ReferenceSequence),
            new ItemKind<ExpertRow>(
                "expert", $"select {ExpertRow.ColumnsWithBody}, {Names} from delivery.experts x {ExpertRow.MostWrittenOn}", "x",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToExpert(names, links)), row => row.ReferenceSequence),
            new ItemKind<SitePageRow>(
                "page", $"select {SitePageRow.ColumnsWithBody} from delivery.pages p", "p",
                (row, _, links) => new(row.ItemId, row.Id, row.Slug, row.ToPage(links))),
            new MenuKind(),
            new ItemKind<EventRow>(
                "event", $"select {EventRow.ColumnsWithBody}, {Names} from delivery.events e", "e",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToEvent(names, links)), row => row.ReferenceSequence, row => row.ExpertIds),
            new ItemKind<ArticleRow>(
                "article", $"select {ArticleRow.ColumnsWithBody}, {Names} from delivery.articles a", "a",
                (row, names, links) => new(row.ItemId, row.Id, row.Slug, row.ToArticle(names, links, site, calendar)), row => row.ReferenceSequence, row => row.ExpertIds),
        }.ToFrozenDictionary(kind => kind.Resource, StringComparer.Ordinal);
    }

    /// <summary>What it reads, in an order in which what is referred to goes before what refers to it, menus apart.</summary>
    public static IReadOnlyList<string> Resources { get; } = ["articleType", "topic", "expert", "page", "menu", "event", "article"];

    /// <summary>The visible ones of some items of a resource, in the order of their numbers; to be shown by <see cref="Show(ItemRows, CancellationToken)"/>.</summary>
    public Task<ItemRows> Find(NpgsqlConnection connection, string resource, int[] ids, Links links, CancellationToken cancel)
    {
        var kind = kinds[resource];
        return Read(connection, kind, $"{kind.Select} where {kind.Alias}.item_id = any(@ids) order by {kind.Alias}.item_id", new { ids }, links, cancel);
    }

    /// <summary>The next visible items of a resource after the one numbered <paramref name="after"/>, at most <paramref name="most"/>, in the order of their numbers; to be shown by <see cref="Show(ItemRows, CancellationToken)"/>.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="resource">One of <see cref="Resources"/>.</param>
    /// <param name="after">0 for the first ones.</param>
    /// <param name="most">How many.</param>
    /// <param name="patience">Seconds it may take.</param>
    /// <param name="links">Makes addresses.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<ItemRows> Next(NpgsqlConnection connection, string resource, int after, int most, int patience, Links links, CancellationToken cancel)
    {
        var kind = kinds[resource];
        return Read(
            connection, kind, $"{kind.Select} where {kind.Alias}.item_id > @after order by {kind.Alias}.item_id limit @most", new { after, most }, links, cancel, patience);
    }

    /// <summary>The public shapes. Names in them may be newer than the rows, never older; they are in memory, or cost a connection.</summary>
    public Task<IReadOnlyList<WholeItem>> Show(ItemRows rows, CancellationToken cancel) => Show(rows, references, cancel);

    /// <summary>The public shapes, with names from elsewhere.</summary>
    public static async Task<IReadOnlyList<WholeItem>> Show(ItemRows rows, References names, CancellationToken cancel) =>
        rows.Shape(await names.Get(rows.ReferenceSequence, rows.ExpertIds, cancel));

    private static Task<ItemRows> Read(
        NpgsqlConnection connection, ItemKind kind, string sql, object parameters, Links links, CancellationToken cancel, int? patience = null) =>
        kind.Read(connection, new CommandDefinition(sql, parameters, commandTimeout: patience, cancellationToken: cancel), links, cancel);
}

/// <summary>Rows of items, before the names in them are known.</summary>
/// <param name="ReferenceSequence">The state of the names they refer to.</param>
/// <param name="ExpertIds">The experts they refer to.</param>
/// <param name="Shape">Makes the public shapes.</param>
internal sealed record ItemRows(long ReferenceSequence, IEnumerable<int> ExpertIds, Func<ReferenceSet, IReadOnlyList<WholeItem>> Shape);

/// <summary>An item in its public shape.</summary>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="Id">Its immutable identifier.</param>
/// <param name="Slug">Its address.</param>
/// <param name="Item">The contract, with the texts.</param>
internal sealed record WholeItem(int ItemId, Guid Id, string Slug, object Item);
