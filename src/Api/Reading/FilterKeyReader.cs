using Api.Data.Delivery;
using Api.Http.Errors;
using Api.Http.Requests;
using Api.Listing;
using Api.Reading.Shapes;

namespace Api.Reading;

/// <summary>Resolves filter values to keys: an old slug leads to the current item, and an unknown value is a problem.</summary>
internal sealed class FilterKeyReader(IQueries delivery, ILists? lists = null)
{
    private const string WithdrawnSql = """
        select v.n, d.successor_slug
        from   unnest(@resources, @slugs) with ordinality as v (resource, slug, n)
        cross join lateral (select g.successor_slug from delivery.withdrawals g where g.resource = v.resource and g.slug = v.slug offset 0) d
        order  by v.n, d.successor_slug nulls last
        """;

    private const string MergedSql = """
        select v.n, d.successor_slug
        from   unnest(@resources, @slugs) with ordinality as v (resource, slug, n)
        cross join lateral (select g.id, g.successor_slug from delivery.withdrawals g where g.resource = v.resource and g.slug = v.slug offset 0) d
        where  d.successor_slug is not null and not exists (select from delivery.item_states s where s.id = d.id and s.live)
        order  by v.n, d.successor_slug
        limit  1
        """;

    private const string NamedSql = """
        select v.n, s.item_id, s.live as is_live, s.slug, s.successor_slug
        from   unnest(@resources, @ids) with ordinality as v (resource, id, n)
        join   delivery.item_states s on s.id = v.id and s.resource = v.resource
        """;

    private const string CandidatesSql = """
        select slug from delivery.filter_keys where kind = @kind and resource = @resource order by articles + events desc, slug limit 5000
        """;

    private readonly FilterKeyLookUp keys = new(delivery, lists);

    /// <summary>
    /// The keys of a filter of a list of <paramref name="resource"/>. A value that is not visible becomes the problem of <paramref
    /// name="query"/>.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="values">The values to resolve.</param>
    /// <param name="resource">The resource of the list.</param>
    /// <param name="state">The state of the lists that the keys belong to; null for the current one.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<FilterKeys> Read(Query query, FilterValues values, string resource, ListState? state, CancellationToken cancel)
    {
        if (query.Problem is not null || values.IsEmpty)
            return FilterKeys.Everything;
        var known = await keys.LookUp(values, resource, state, cancel);
        IReadOnlyList<FilterValue> followed = [];
        if (await MissingValue(values, known, cancel) is { } missing)
        {
            followed = missing;
            values = await FollowRedirects(query, values, missing, cancel);
            if (query.Problem is not null)
                return FilterKeys.Everything;
            known = await keys.LookUp(values, resource, state, cancel);
            if (await MissingValue(values, known, cancel) is { } still)
                query.Fail(await Unknown(still[0], cancel));
        }
        if (
            query.Problem is null
            && values.Groups.SelectMany(group => group).Any(value => value.ItemId != 0 && known.Key(value).ItemId != value.ItemId)
        )
            throw new TimeoutException("A slug passed to another item while it was looked up.");
        return new FilterKeys(
            [.. values.Groups.Select(group => (IReadOnlyList<Key>)[.. group.Select(known.Key).DistinctBy(key => key.Id)])],
            [.. values.Excluded.Select(known.Key).Select(key => key.Id)],
            values.Slugs?.Select((_, place) => known.Items.FirstOrDefault(item => item.N == place + 1).ItemId).ToArray(),
            [.. known.Items.Where(item => item.N > (values.Slugs?.Count ?? 0)).Select(item => item.ItemId)]
        )
        {
            Followed = followed,
            Values = values,
            Parameters = [.. values.Groups.Select(group => group[0].Parameter.Name)],
        };
    }

    /// <summary>
    /// The values with ids of items replaced by current slugs. An item that was withdrawn or merged becomes the problem of <paramref
    /// name="query"/>.
    /// </summary>
    public async Task<FilterValues> Named(Query query, FilterValues values, CancellationToken cancel)
    {
        var asked = values.Groups.SelectMany(group => group).Where(value => Urn.Read(value.Slug) is not null).Distinct().ToList();
        if (query.Problem is not null || asked.Count == 0)
            return values;
        var parameters = new
        {
            resources = asked.Select(value => value.Resource).ToArray(),
            ids = asked.Select(value => Urn.Read(value.Slug)!.Value).ToArray(),
        };
        var named = (await delivery.Query<NamedRow>(NamedSql, parameters, cancel)).ToDictionary(row => asked[row.N - 1]);
        foreach (var value in asked)
        {
            if (query.Problem is not null)
                break;
            if (!named.TryGetValue(value, out var row))
                query.Fail(await Unknown(value, cancel));
            else if (!row.IsLive)
                query.Fail(
                    row.SuccessorSlug is { } successor
                        ? QueryProblems.MergedValue(value.Parameter, value.Slug, successor)
                        : QueryProblems.GoneValue(value.Parameter, value.Slug)
                );
        }
        return values.With(value =>
            named.GetValueOrDefault(value) is { } row ? value with { Slug = row.Slug, ItemId = row.ItemId } : value
        );
    }

    /// <summary>
    /// The first value whose slug belongs to an item that was merged, and the slug of its successor; null when there is none.
    /// </summary>
    public async Task<(FilterValue Value, string Successor)?> FindMerged(IReadOnlyList<FilterValue> asked, CancellationToken cancel)
    {
        var parameters = new
        {
            resources = asked.Select(value => value.Resource).ToArray(),
            slugs = asked.Select(value => value.Slug).ToArray(),
        };
        return await delivery.QueryFirst<WithdrawnRow>(MergedSql, parameters, cancel) is { SuccessorSlug: { } successor } row
            ? (asked[row.N - 1], successor)
            : null;
    }

    // An expert without articles in a role is valid as long as the expert exists.
    private async Task<IReadOnlyList<FilterValue>?> MissingValue(FilterValues values, KnownKeys known, CancellationToken cancel)
    {
        var missing = values
            .Groups.SelectMany(group => group)
            .Concat(values.Excluded)
            .Where(value => !known.Keys.ContainsKey(value))
            .ToList();
        var roleless = missing
            .Where(value => value.Kind == "expertRole")
            .Select(value => value with { Kind = "expert", Role = "" })
            .Distinct()
            .ToList();
        if (roleless.Count > 0)
        {
            var experts = new FilterValues { Groups = { roleless } };
            var found = await keys.LookUp(experts, "expert", null, cancel);
            missing.RemoveAll(value => value.Kind == "expertRole" && found.Keys.ContainsKey(value with { Kind = "expert", Role = "" }));
        }
        return missing.Count == 0 ? null : missing;
    }

    private async Task<FilterValues> FollowRedirects(
        Query query,
        FilterValues values,
        IReadOnlyList<FilterValue> missing,
        CancellationToken cancel
    )
    {
        var rows = await delivery.Query<WithdrawnRow>(
            WithdrawnSql,
            new { resources = missing.Select(value => value.Resource).ToArray(), slugs = missing.Select(value => value.Slug).ToArray() },
            cancel
        );
        var moved = rows.DistinctBy(row => row.N).ToDictionary(row => missing[row.N - 1], row => row.SuccessorSlug);
        foreach (var value in missing)
        {
            // Only the first unknown value is reported, because finding similar values reads all values.
            if (query.Problem is not null)
                break;
            if (!moved.TryGetValue(value, out var successor))
                query.Fail(await Unknown(value, cancel));
            else if (successor is null)
                query.Fail(QueryProblems.GoneValue(value.Parameter, value.Slug));
        }
        return values.With(value => moved.GetValueOrDefault(value) is { } slug ? value with { Slug = slug } : value);
    }

    private async Task<Problem> Unknown(FilterValue value, CancellationToken cancel)
    {
        var (sql, kind) = value.Kind switch
        {
            "topicKind" => (FilterKeyLookUp.TopicKindsSql, ""),
            "expertKind" => (FilterKeyLookUp.ExpertKindsSql, ""),
            "expertRole" => (CandidatesSql, "expert"),
            _ => (CandidatesSql, value.Kind),
        };
        var candidates = await delivery.Query<string>(sql, new { kind, resource = value.Resource }, cancel);
        return QueryProblems.UnknownValue(value.Parameter, value.Slug, candidates, closed: candidates.Count <= 20);
    }

    private sealed record NamedRow
    {
        public int N { get; init; }
        public int ItemId { get; init; }
        public bool IsLive { get; init; }
        public string Slug { get; init; } = "";
        public string? SuccessorSlug { get; init; }
    }

    private sealed record WithdrawnRow
    {
        public int N { get; init; }
        public string? SuccessorSlug { get; init; }
    }
}
