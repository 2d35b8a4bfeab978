using System.Collections.Concurrent;
using System.Collections.Frozen;
using Api.Contracts;

namespace Api.Reading;

/// <summary>The names that other items show, as of one moment: topics, article types and outlets whole, experts as they are met.</summary>
/// <param name="Sequence">The state of the content they are from, at least.</param>
/// <param name="Topics">Visible topics by their number in the database.</param>
/// <param name="Types">Article types by their number, with those that were there before: a row may be older than this.</param>
/// <param name="Sources">Outlets by their number.</param>
internal sealed record ReferenceSet(
    long Sequence,
    FrozenDictionary<int, TopicNode> Topics,
    FrozenDictionary<int, ArticleTypeRef> Types,
    FrozenDictionary<int, Source> Sources)
{
    // A hundred thousand experts would fill 70 MB; what is met between two changes of names is far less.
    private const int MostExperts = 20_000;

    private readonly ConcurrentDictionary<int, ExpertRef?> experts = new();

    private readonly Lazy<ILookup<int, TopicNode>> below = new(() => Topics.Values
        .OrderBy(topic => topic.Sort, StringComparer.Ordinal).ThenBy(topic => topic.Ref.Id, StringComparer.Ordinal)
        .ToLookup(topic => topic.ParentId ?? 0));

    /// <summary>The refs of the visible ones among <paramref name="ids"/>, in their order.</summary>
    public IReadOnlyList<TopicRef> TopicRefs(IEnumerable<int> ids) =>
        [.. ids.Select(Topics.GetValueOrDefault).Where(topic => topic is not null).Select(topic => topic!.Ref)];

    /// <summary>The topic; null when <paramref name="id"/> is null or it is not visible.</summary>
    public TopicRef? TopicRef(int? id) => id is { } known ? Topics.GetValueOrDefault(known)?.Ref : null;

    /// <summary>The article type of an article.</summary>
    /// <exception cref="TimeoutException">It went between the reading of the row and the first reading of names, which passes.</exception>
    public ArticleTypeRef TypeRef(int id) => Types.GetValueOrDefault(id) ?? throw new TimeoutException("An article type went while its articles were read.");

    /// <summary>The same names, and the article types of an older set that are gone.</summary>
    public ReferenceSet WithTypesOf(ReferenceSet? older) => older is null || older.Types.Keys.All(Types.ContainsKey)
        ? this
        : this with { Types = older.Types.Where(type => !Types.ContainsKey(type.Key)).Concat(Types).ToFrozenDictionary() };

    /// <summary>The topics right below one, by name; those at the top for null.</summary>
    public IEnumerable<TopicNode> TopicsBelow(int? id) => below.Value[id ?? 0];

    /// <summary>The way from the top to a topic, itself included; empty for null.</summary>
    public IReadOnlyList<Breadcrumb> Breadcrumbs(int? id)
    {
        var way = new List<Breadcrumb>();
        // The depth is bounded in the database; the bound here only keeps two states of it from making a circle.
        while (id is { } known && Topics.GetValueOrDefault(known) is { } topic && way.Count < 32)
        {
            way.Insert(0, new Breadcrumb(topic.Ref.Name, topic.Ref.Slug, topic.Ref.Url));
            id = topic.ParentId;
        }
        return way;
    }

    /// <summary>The people of an item, each in their role; ids that are not visible are left out.</summary>
    public IReadOnlyList<ExpertRef> ExpertRefs(int[] ids, string[] roles) =>
        [.. ids.Zip(roles, (id, role) => experts.GetValueOrDefault(id) is { } known ? known with { Role = role } : null).OfType<ExpertRef>()];

    /// <summary>Those of <paramref name="ids"/> that have not been met yet.</summary>
    public int[] UnknownExperts(IEnumerable<int> ids) => [.. ids.Distinct().Where(id => !experts.ContainsKey(id))];

    /// <summary>Whether as many experts are remembered as may be.</summary>
    public bool IsFull => experts.Count > MostExperts;

    /// <summary>The same names, without the experts; whoever uses this set keeps it.</summary>
    public ReferenceSet WithoutExperts() => new(Sequence, Topics, Types, Sources);

    /// <summary>The same names, apart: what is remembered there is not remembered here.</summary>
    public ReferenceSet Copy()
    {
        var copy = WithoutExperts();
        copy.Remember(experts);
        return copy;
    }

    /// <summary>Remembers experts; null for one that is not visible.</summary>
    public void Remember(IEnumerable<KeyValuePair<int, ExpertRef?>> met)
    {
        foreach (var (id, expert) in met) experts[id] = expert;
    }
}

/// <summary>A visible topic in the hierarchy.</summary>
/// <param name="Id">Its number in the database.</param>
/// <param name="ParentId">The nearest visible topic above; null at the top.</param>
/// <param name="Sort">What siblings are ordered by.</param>
/// <param name="Ref">Its public shape in other items.</param>
internal sealed record TopicNode(int Id, int? ParentId, string Sort, TopicRef Ref);
