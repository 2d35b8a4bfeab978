using Api.Data.Delivery;
using Api.Listing;

namespace Api.Reading;

/// <summary>Finds the keys of filter values: in memory if all of them are known there, else in the database.</summary>
internal sealed class FilterKeyLookUp(IQueries delivery, ILists? lists)
{
    /// <summary>The kinds of public topics.</summary>
    public const string TopicKindsSql = "select kind from delivery.topics group by kind order by kind limit 5000";

    /// <summary>The kinds of public experts.</summary>
    // Skips from one kind to the next by the index, because there may be many experts.
    public const string ExpertKindsSql = """
        with recursive kinds (kind) as (
            (select kind from delivery.experts order by kind limit 1)
            union all
            select (select e.kind from delivery.experts e where e.kind > k.kind order by e.kind limit 1) from kinds k where k.kind is not null)
        select kind from kinds where kind is not null order by kind limit 5000
        """;

    private const string LookUpSql = $"""
        -- offset keeps the look-ups from becoming joins, which would read every key and address
        select v.n, k.id, k.articles, k.events, k.item_id
        from   unnest(@kinds, @resources, @slugs, @roles) with ordinality as v (kind, resource, slug, role, n)
        cross join lateral (select f.key as id, f.articles, f.events, f.value_id as item_id
                            from   delivery.filter_keys f
                            where  f.kind = v.kind and f.resource = v.resource and f.slug = v.slug and f.label = v.role
                            offset 0) k
        union all
        select v.n, 0, 0, 0, 0
        from   unnest(@kinds, @slugs) with ordinality as v (kind, slug, n)
        where  (v.kind = 'topicKind' and v.slug = any(array({TopicKindsSql})))
        or     (v.kind = 'expertKind' and v.slug = any(array({ExpertKindsSql})))
        order  by n;
        select v.n, a.item_id
        from   unnest(@itemSlugs) with ordinality as v (slug, n)
        cross join lateral (select d.item_id, d.current, d.current_slug from delivery.addresses d where d.resource = @resource and d.slug = v.slug offset 0) a
        order  by v.n, a.current desc, a.current_slug -- several that are gone may have had the slug
        """;

    /// <summary>The keys of filter values and the items of slugs, as far as they are visible.</summary>
    /// <param name="values">The values.</param>
    /// <param name="resource">The resource of the slugs.</param>
    /// <param name="state">The state of the lists that the keys belong to; null for the current one.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<KnownKeys> LookUp(FilterValues values, string resource, ListState? state, CancellationToken cancel)
    {
        // Two old slugs may lead to the same item.
        FilterValue[] asked = [.. values.Groups.SelectMany(group => group).Concat(values.Excluded).Distinct()];
        if (values.Slugs is null && values.ExcludedSlugs.Count == 0 && FromMemory(state ?? lists?.Current, asked) is { } found)
            return new KnownKeys(found, []);
        var parameters = new
        {
            kinds = asked.Select(value => value.Kind).ToArray(),
            resources = asked.Select(value => value.Resource).ToArray(),
            slugs = asked.Select(Spelled).ToArray(),
            roles = asked.Select(value => value.Role).ToArray(),
            itemSlugs = (values.Slugs ?? []).Concat(values.ExcludedSlugs).ToArray(),
            resource,
        };
        return await delivery.QueryMultiple(
            LookUpSql,
            parameters,
            async results =>
            {
                var keys = (await results.ReadAsync<KeyRow>()).ToDictionary(
                    row => asked[row.N - 1],
                    row => new Key(row.Id, row.Articles, row.Events, row.ItemId)
                );
                var items = (await results.ReadAsync<ItemRow>()).Select(row => (row.N, row.ItemId)).ToList();
                return new KnownKeys(keys, items);
            },
            cancel
        );
    }

    // Null when a value is unknown: the database knows the reason.
    private static Dictionary<FilterValue, Key>? FromMemory(ListState? lists, FilterValue[] asked)
    {
        if (lists is not { } state)
            return null;
        var found = new Dictionary<FilterValue, Key>(asked.Length);
        foreach (var value in asked)
        {
            if (state.Keys.Find(value.Kind, value.Resource, Spelled(value), value.Role) is not { } row)
                return null;
            var (articles, events) = (state.Articles.Items.Of(row.Key).Count, state.Events.Items.Of(row.Key).Count);
            // Outlets, roles and languages exist as long as an item has them.
            if (articles + events == 0 && row.Kind is "source" or "role" or "language")
                return null;
            found[value] = new Key(row.Key, articles, events, row.ItemId);
        }
        return found;
    }

    // Language tags are case-insensitive (RFC 5646 §2.1.1).
    private static string Spelled(FilterValue value) => value.Kind == "language" ? value.Slug.ToLowerInvariant() : value.Slug;

    private sealed record KeyRow
    {
        public int N { get; init; }
        public int Id { get; init; }
        public int Articles { get; init; }
        public int Events { get; init; }
        public int ItemId { get; init; }
    }

    private sealed record ItemRow
    {
        public int N { get; init; }
        public int ItemId { get; init; }
    }
}

/// <summary>What a look-up found.</summary>
/// <param name="Keys">The keys of the known values.</param>
/// <param name="Items">The items of the slugs, each with the place of its slug, from 1.</param>
internal sealed record KnownKeys(Dictionary<FilterValue, Key> Keys, IReadOnlyList<(int N, int ItemId)> Items)
{
    /// <summary>The key of a value; the default one if the value is not known.</summary>
    public Key Key(FilterValue value) => Keys.GetValueOrDefault(value);
}
