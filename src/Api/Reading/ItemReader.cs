using System.Collections.Frozen;
using Api.Http;
using Dapper;
using Npgsql;

namespace Api.Reading;

/// <summary>Reads items of any resource whole, as their own addresses answer them.</summary>
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

    /// <summary>What it reads, in an order in which what is referred to goes before what refers to it, menus apart.</summary>
    public static IReadOnlyList<string> Resources { get; } = ["articleType", "topic", "expert", "page", "menu", "event", "article"];

    /// <summary>The visible ones of some items of a resource, in the order of their numbers.</summary>
    /// <remarks>Names in them may be newer than what <paramref name="connection"/> sees, never older.</remarks>
    public Task<IReadOnlyList<WholeItem>> Find(NpgsqlConnection connection, string resource, int[] ids, Links links, CancellationToken cancel)
    {
        var source = Sources[resource];
        return Read(connection, resource, $"{source.Select} where {source.Alias}.item_id = any(@ids) order by {source.Alias}.item_id", new { ids }, links, cancel);
    }

    /// <summary>The next visible items of a resource after the one numbered <paramref name="after"/>, at most <paramref name="most"/>, in the order of their numbers.</summary>
    /// <remarks>As for <see cref="Find"/>.</remarks>
    public Task<IReadOnlyList<WholeItem>> Next(NpgsqlConnection connection, string resource, int after, int most, Links links, CancellationToken cancel)
    {
        var source = Sources[resource];
        return Read(
            connection, resource, $"{source.Select} where {source.Alias}.item_id > @after order by {source.Alias}.item_id limit @most", new { after, most }, links, cancel);
    }

    private async Task<IReadOnlyList<WholeItem>> Read(
        NpgsqlConnection connection, string resource, string sql, object parameters, Links links, CancellationToken cancel)
    {
        switch (resource)
        {
            case "articleType":
                return [.. (await Rows<ArticleTypeRow>()).Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToType(links)))];
            case "page":
                return [.. (await Rows<SitePageRow>()).Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToPage(links)))];
            case "menu":
                return await MenuReader.Find(connection, [.. await Rows<int>()], links, cancel);
            case "topic":
                var topics = await Rows<TopicRow>();
                var names = await NamesOf(topics is [var topic, ..] ? topic.ReferenceSequence : 0, []);
                return [.. topics.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToTopic(names, links)))];
            case "expert":
                var experts = await Rows<ExpertRow>();
                names = await NamesOf(experts is [var expert, ..] ? expert.ReferenceSequence : 0, []);
                return [.. experts.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToExpert(names, links)))];
            case "event":
                var events = await Rows<EventRow>();
                names = await NamesOf(events is [var @event, ..] ? @event.ReferenceSequence : 0, events.SelectMany(row => row.ExpertIds));
                return [.. events.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToEvent(names, links)))];
            default:
                var articles = await Rows<ArticleRow>();
                names = await NamesOf(articles is [var article, ..] ? article.ReferenceSequence : 0, articles.SelectMany(row => row.ExpertIds));
                return [.. articles.Select(row => new WholeItem(row.ItemId, row.Id, row.Slug, row.ToArticle(names, links, site, calendar)))];
        }

        async Task<IReadOnlyList<T>> Rows<T>() => (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancel))).AsList();

        Task<ReferenceSet> NamesOf(long sequence, IEnumerable<int> ids) => references.Get(sequence, ids, cancel);
    }

    private sealed record Source(string Resource, string Select, string Alias);
}

/// <summary>An item in its public shape.</summary>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="Id">Its immutable identifier.</param>
/// <param name="Slug">Its address.</param>
/// <param name="Item">The contract, with the texts.</param>
internal sealed record WholeItem(int ItemId, Guid Id, string Slug, object Item);
