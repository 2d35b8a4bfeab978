using System.Collections.Frozen;
using Api.Collation;
using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Reading.Shapes;
using Dapper;

namespace Api.Reading;

/// <summary>Keeps the names that items show in memory, so that lists need no joins for them.</summary>
/// <remarks>
/// Each row is read together with <c>delivery.head.reference_sequence</c>. If the set of names is older, it is reloaded before the row is
/// shown, so that a rename is visible at once. One set serves all requests until the next change of a name.
/// </remarks>
internal sealed class References(IQueries queries, SiteSettings site, TitleOrder order) : IDisposable
{
    private const string SetSql = """
        select reference_sequence from delivery.head;
        select item_id, id, slug, name, kind, parent_id from delivery.topics;
        select item_id, id, slug, label from delivery.article_types;
        select source_id, slug, name from delivery.sources
        """;

    private const string ExpertsSql = """
        select reference_sequence from delivery.head;
        select item_id, id, slug, name, given_name, family_name, title, organization, photo
        from   delivery.experts
        where  item_id = any(@ids)
        """;

    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly Links links = new(site, "");
    private readonly Lock gate = new();
    private volatile ReferenceSet? current;
    private int histories;

    /// <summary>
    /// The names as of <paramref name="sequence"/> or later, including the experts <paramref name="expertIds"/>; no or one round trip, two
    /// when neither is in memory.
    /// </summary>
    public async Task<ReferenceSet> Get(long sequence, IEnumerable<int> expertIds, CancellationToken cancel)
    {
        var set = current is { } known && known.Sequence >= sequence ? known : await Load(sequence, cancel);
        if (set.IsFull)
        {
            var full = set;
            set = full.WithoutExperts();
            Interlocked.CompareExchange(ref current, set, full);
        }
        var unknown = set.UnknownExperts(expertIds);
        return unknown.Length == 0 ? set : await WithExperts(set, unknown, cancel);
    }

    /// <summary>Drops all names: another history of the content may use the same numbers for other items.</summary>
    public void Forget()
    {
        lock (gate)
        {
            histories++;
            current = null;
        }
    }

    public void Dispose() => loading.Dispose();

    private async Task<ReferenceSet> Load(long sequence, CancellationToken cancel)
    {
        await loading.WaitAsync(cancel);
        try
        {
            if (current is { } known && known.Sequence >= sequence)
                return known;
            var history = Volatile.Read(ref histories);
            var read = (await queries.QueryMultiple(SetSql, null, Read, cancel)).WithTypesOf(current);
            lock (gate)
            {
                // Another database server may have later changes.
                if (history == histories && (current is null || read.Sequence >= current.Sequence))
                    current = read;
            }
            return read;
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<ReferenceSet> Read(SqlMapper.GridReader results)
    {
        var sequence = await results.ReadSingleAsync<long>();
        var topics = await results.ReadAsync<TopicRow>();
        var types = await results.ReadAsync<TypeRow>();
        var sources = await results.ReadAsync<SourceRow>();
        return new ReferenceSet(
            sequence,
            topics.ToFrozenDictionary(row => row.ItemId, Node),
            types.ToFrozenDictionary(row => row.ItemId, row => new ArticleTypeRef(Urn.Of(row.Id), row.Slug, row.Label)),
            sources.ToFrozenDictionary(row => row.SourceId, row => new Source(row.Slug, row.Name, null))
        );
    }

    private TopicNode Node(TopicRow row) =>
        new(
            row.ItemId,
            row.ParentId,
            order.Key(row.Name),
            new TopicRef
            {
                Id = Urn.Of(row.Id),
                Slug = row.Slug,
                Name = row.Name,
                Kind = row.Kind,
                Url = links.PageUrl("topic", row.Slug),
                Path = links.PagePath("topic", row.Slug),
            }
        );

    private async Task<ReferenceSet> WithExperts(ReferenceSet set, int[] ids, CancellationToken cancel)
    {
        var (sequence, rows) = await queries.QueryMultiple(
            ExpertsSql,
            new { ids },
            async results => (await results.ReadSingleAsync<long>(), (await results.ReadAsync<ExpertRow>()).AsList()),
            cancel
        );
        var met = ids.ToDictionary(id => id, _ => (ExpertRef?)null);
        foreach (var row in rows)
            met[row.ItemId] = Ref(row);
        // Names from a server that lags behind are used for this answer only.
        var named = sequence >= set.Sequence ? set : set.Copy();
        named.Remember(met);
        return named;
    }

    private ExpertRef Ref(ExpertRow row) =>
        new()
        {
            Id = Urn.Of(row.Id),
            Slug = row.Slug,
            Name = row.Name,
            GivenName = row.GivenName,
            FamilyName = row.FamilyName,
            Title = row.Title,
            Organization = row.Organization,
            Photo = Stored.Image(row.Photo),
            Role = "",
            Url = links.PageUrl("expert", row.Slug),
            Path = links.PagePath("expert", row.Slug),
        };

    private sealed record TopicRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public int? ParentId { get; init; }
    }

    private sealed record TypeRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public string Label { get; init; } = "";
    }

    private sealed record SourceRow
    {
        public int SourceId { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
    }

    private sealed record ExpertRow
    {
        public int ItemId { get; init; }
        public Guid Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public string? GivenName { get; init; }
        public string? FamilyName { get; init; }
        public string? Title { get; init; }
        public string? Organization { get; init; }
        public string? Photo { get; init; }
    }
}
