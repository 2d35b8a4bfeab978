using System.Collections.Concurrent;
using System.Collections.Frozen;
using Api.Collation;
using Api.Contracts;

namespace Api.Reading;

/// <summary>
/// The names that items show, as of one moment: all topics, article types and outlets, and the experts that were needed so far.
/// </summary>
/// <param name="Sequence">The sequence the names were read at, or a later one.</param>
/// <param name="Topics">Visible topics by their number in the database.</param>
/// <param name="Types">Article types by their number, including removed ones: a row may be older than this set.</param>
/// <param name="Sources">Outlets by their number.</param>
internal sealed record ReferenceSet(
    long Sequence,
    FrozenDictionary<int, TopicNode> Topics,
    FrozenDictionary<int, ArticleTypeRef> Types,
    FrozenDictionary<int, Source> Sources
)
{
    // A hundred thousand experts would take 70 MB; between two changes of names far fewer are needed.
    private const int MostExperts = 20_000;

    private readonly ConcurrentDictionary<int, ExpertRef?> experts = new();

    private readonly Lazy<ILookup<int, TopicNode>> below = new(() =>
        Topics
            .Values.OrderBy(topic => topic.Sort, SortKeys.Bytewise)
            .ThenBy(topic => topic.Ref.Id, StringComparer.Ordinal)
            .ToLookup(topic => topic.ParentId ?? 0)
    );

    /// <summary>The references to the visible topics among <paramref name="ids"/>, in their order.</summary>
    public IReadOnlyList<TopicRef> TopicRefs(IEnumerable<int> ids) =>
        [.. ids.Select(Topics.GetValueOrDefault).Where(topic => topic is not null).Select(topic => topic!.Ref)];

    /// <summary>The topic; null when <paramref name="id"/> is null or the topic is not visible.</summary>
    public TopicRef? TopicRef(int? id) => id is { } known ? Topics.GetValueOrDefault(known)?.Ref : null;

    /// <summary>The article type of an article.</summary>
    /// <exception cref="TimeoutException">The type was removed after the row was read and before names were read for the first time. A
    /// retry succeeds.</exception>
    public ArticleTypeRef TypeRef(int id) =>
        Types.GetValueOrDefault(id) ?? throw new TimeoutException("An article type went while its articles were read.");

    /// <summary>The same names, with the article types of an older set that have been removed.</summary>
    public ReferenceSet WithTypesOf(ReferenceSet? older) =>
        older is null || older.Types.Keys.All(Types.ContainsKey)
            ? this
            : this with
            {
                Types = older.Types.Where(type => !Types.ContainsKey(type.Key)).Concat(Types).ToFrozenDictionary(),
            };

    /// <summary>The topics directly below a topic, by name; the top-level topics for null.</summary>
    public IEnumerable<TopicNode> TopicsBelow(int? id) => below.Value[id ?? 0];

    /// <summary>The path from the top level to a topic, including the topic; empty for null.</summary>
    public IReadOnlyList<Breadcrumb> Breadcrumbs(int? id)
    {
        var way = new List<Breadcrumb>();
        // The database limits the depth; the limit here only prevents a cycle when the names come from two states of it.
        while (id is { } known && Topics.GetValueOrDefault(known) is { } topic && way.Count < Catalogue.TreeLevels)
        {
            way.Insert(0, new Breadcrumb(topic.Ref.Name, topic.Ref.Slug, topic.Ref.Url, topic.Ref.Path));
            id = topic.ParentId;
        }
        return way;
    }

    /// <summary>The people of an item with their roles, without ids that are not visible.</summary>
    public IReadOnlyList<ExpertRef> ExpertRefs(int[] ids, string[] roles) =>
        [
            .. ids.Zip(roles, (id, role) => experts.GetValueOrDefault(id) is { } known ? known with { Role = role } : null)
                .OfType<ExpertRef>(),
        ];

    /// <summary>The experts among <paramref name="ids"/> that are not in memory yet.</summary>
    public int[] UnknownExperts(IEnumerable<int> ids) => [.. ids.Distinct().Where(id => !experts.ContainsKey(id))];

    /// <summary>Whether the set holds the maximum number of experts.</summary>
    public bool IsFull => experts.Count > MostExperts;

    /// <summary>The same names without the experts; requests that use this set keep it.</summary>
    public ReferenceSet WithoutExperts() => new(Sequence, Topics, Types, Sources);

    /// <summary>A separate copy: experts added to it are not added to this set.</summary>
    public ReferenceSet Copy()
    {
        var copy = WithoutExperts();
        copy.Remember(experts);
        return copy;
    }

    /// <summary>Adds experts; null for an expert that is not visible.</summary>
    public void Remember(IEnumerable<KeyValuePair<int, ExpertRef?>> met)
    {
        foreach (var (id, expert) in met)
            experts[id] = expert;
    }
}

/// <summary>A visible topic in the hierarchy.</summary>
/// <param name="Id">Its number in the database.</param>
/// <param name="ParentId">The nearest visible topic above; null at the top.</param>
/// <param name="Sort">The sort key among siblings.</param>
/// <param name="Ref">Its public shape in other items.</param>
internal sealed record TopicNode(int Id, int? ParentId, byte[] Sort, TopicRef Ref);
