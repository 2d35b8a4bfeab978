using System.Text.Json.Nodes;
using Dapper;
using Npgsql;

namespace Api.Import.WordPress.Following;

/// <summary>
/// Values of an earlier import, such as one of an export file, that the API of a running site does not provide: they are kept.
/// </summary>
internal sealed class EarlierKnowledge
{
    // A primary topic that is merely the first topic was not chosen.
    private const string TopicsSql = """
        select i.id, t.slug from content.articles a join content.items i on i.item_id = a.item_id join content.items t on t.item_id = a.primary_topic_id
        where  a.primary_topic_id is distinct from (select l.topic_id from content.article_topics l where l.article_id = a.item_id order by l.position, l.topic_id limit 1)
        """;

    private const string NamesSql = """
        select i.id, i.slug, e.given_name, e.family_name from content.experts e join content.items i on i.item_id = e.item_id
        where  e.given_name is not null or e.family_name is not null
        """;

    private readonly Dictionary<Guid, string> topics;
    private readonly List<(Guid Id, string Slug, string? Given, string? Family)> earlierNames;

    private EarlierKnowledge(Dictionary<Guid, string> topics, List<(Guid, string, string?, string?)> names) =>
        (this.topics, earlierNames) = (topics, names);

    /// <param name="connection">The connection to read from.</param>
    /// <param name="asVisitor">Whether the site is read without a user; visitors see no given and family names.</param>
    /// <param name="cancel">Cancels the operation.</param>
    public static async Task<EarlierKnowledge> Read(NpgsqlConnection connection, bool asVisitor, CancellationToken cancel)
    {
        var topics = (
            await connection.QueryAsync<(Guid Id, string Slug)>(
                new CommandDefinition(TopicsSql, commandTimeout: 0, cancellationToken: cancel)
            )
        ).ToDictionary(row => row.Id, row => row.Slug);
        var names = asVisitor
            ? await connection.QueryAsync<(Guid, string, string?, string?)>(
                new CommandDefinition(NamesSql, commandTimeout: 0, cancellationToken: cancel)
            )
            : [];
        return new(topics, names.AsList());
    }

    /// <summary>Adds the values that a line lacks.</summary>
    /// <returns>Whether anything was added.</returns>
    public bool AddTo(JsonObject line)
    {
        var id = Guid.Parse((string?)line["id"] ?? $"{Guid.Empty}");
        switch ((string?)line["resource"])
        {
            case "article"
                when line["primaryTopic"] is null
                    && this.topics.TryGetValue(id, out var topic)
                    && line["topics"] is JsonArray topics
                    && topics.Any(each => (string?)each == topic):
                line["primaryTopic"] = topic;
                return true;
            case "expert"
                when line["givenName"] is null
                    && line["familyName"] is null
                    && earlierNames.Find(person => person.Id == id || person.Slug == (string?)line["slug"]) is { Slug: not null } known:
                (line["givenName"], line["familyName"]) = (known.Given, known.Family);
                return true;
            default:
                return false;
        }
    }
}
