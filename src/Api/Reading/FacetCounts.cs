using Api.Contracts;
using Api.Data;
using Api.Http;
using Dapper;

namespace Api.Reading;

/// <summary>A set of articles that is to be broken down, as constant fragments of a statement.</summary>
/// <param name="With">Common table expressions that come first, such as <see cref="TextSearch.Asked"/>; may be empty.</param>
/// <param name="Few">Selects the item ids of the set; only one more than is counted is read.</param>
/// <param name="IsFew">Whether all of them are counted, as an expression.</param>
/// <param name="Step">One in how many are counted so that they are about <c>@sampled</c>, as an expression; only asked when they are more than <c>@counted</c>.</param>
/// <param name="Sample">Selects those whose item id is a multiple of <c>(select step from scale)</c>, which is more than 1.</param>
internal sealed record FacetSet(string With, string Few, string Step, string Sample, string IsFew = "(select count(*) from few) <= @counted")
{
    /// <summary>One in how many of a set of <paramref name="size"/>, an expression.</summary>
    public static string StepOf(string size) => $"greatest(2, ceil({size}::numeric / @sampled)::integer)";
}

/// <summary>Counts how often types, topics, experts, years and outlets occur in a set of articles.</summary>
/// <remarks>
/// Up to 10,000 articles are all looked at. Of a larger set one article in so many is, 5,000 to 10,000 in all, so that a count is right to 1.5 % of the total in 95 of 100 cases; 6 % in the
/// worst case, of a word that every seventh article has beside filters that few have. The whole of all articles is counted already.
/// </remarks>
internal sealed class FacetCounts(DeliveryDatabase delivery, SiteCalendar calendar, SearchReach reach)
{
    private const string MostFrequent = """
        ranked as (select c.*, row_number() over (partition by c.facet order by c.articles desc, c.value) as place from counted c)
        -- one row at least, which says how it was counted
        select r.facet, r.value, r.label, r.articles, s.step = 1 as is_exact
        from   scale s
        left join ranked r on r.place <= 100
        order  by r.facet, r.place
        """;

    private const string OfAllSql = $"""
        with years as (
            select y.year, {YearStarts.StartSql} as starts
            from  (select extract(year from min(l.published_at) at time zone 'UTC')::integer as first, extract(year from max(l.published_at) at time zone 'UTC')::integer as last
                   from   delivery.listing l) e
            cross join generate_series(e.first - 1, e.last + 2) y (year)),
        scale as (select 1 as step),
        counted as (
            select f.kind as facet, f.value, f.label, f.articles from delivery.facet_keys f where f.kind = any(@facets)
            union all
            select 'year', y.year::text, y.year::text, c.articles
            from  (select y.year, y.starts, lead(y.starts) over (order by y.year) as before from years y) y
            cross join lateral (select count(*)::integer as articles from delivery.listing l where l.published_at >= y.starts and l.published_at < y.before) c
            where  'year' = any(@facets) and c.articles > 0),
        {MostFrequent}
        """;

    /// <summary>Breaks a set down, one round trip.</summary>
    /// <param name="set">The set; null for all articles.</param>
    /// <param name="facets">Some of <see cref="ListParameters.Facets"/>.</param>
    /// <param name="parameters">Those of the set's fragments.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Facets> Of(FacetSet? set, string[] facets, DynamicParameters parameters, CancellationToken cancel)
    {
        parameters.AddDynamicParams(new { facets, yearsFrom = calendar.Years.Years, yearsAhead = calendar.Years.Seconds, counted = reach.Counted, sampled = reach.Sampled });
        var rows = await delivery.Query<Row>(set is null ? OfAllSql : Sql(set), parameters, cancel);
        return new Facets(
            facets.ToDictionary(facet => facet, facet => (IReadOnlyList<FacetValue>)
                [.. rows.Where(row => row.Facet == facet).Select(row => new FacetValue(row.Value, row.Label, row.Articles))]),
            rows.All(row => row.IsExact));
    }

    private static string Sql(FacetSet set) => $"""
        with {set.With}{(set.With == "" ? "" : ",")}
        few as materialized (select s.item_id from ({set.Few}) s limit @counted + 1),
        scale as materialized (
            select case when {set.IsFew} then 1 else {set.Step} end as step),
        chosen as materialized (
            select f.item_id from few f where (select step from scale) = 1
            union all
            select s.item_id from ({set.Sample}) s where (select step from scale) > 1),
        rows as materialized (
            select l.keys, l.published_at
            from   chosen c
            cross join lateral (select l.keys, l.published_at from delivery.listing l where l.item_id = c.item_id offset 0) l),
        years as materialized (
            select min(y.year) as first, array_agg(y.starts order by y.year) as starts
            from  (select y.year, {YearStarts.StartSql} as starts
                   from  (select extract(year from min(r.published_at) at time zone 'UTC')::integer as first, extract(year from max(r.published_at) at time zone 'UTC')::integer as last
                          from   rows r) e
                   cross join generate_series(e.first - 1, e.last + 1) y (year)) y),
        keys as materialized (select k.key, count(*) as n from rows r cross join unnest(r.keys) k (key) group by k.key),
        counted as (
            select f.kind as facet, f.value, f.label, (k.n * (select step from scale))::integer as articles
            from   keys k
            cross join lateral (select f.kind, f.value, f.label from delivery.facet_keys f where f.key = k.key and f.kind = any(@facets) offset 0) f
            union all
            select 'year', y.year, y.year, (y.n * (select step from scale))::integer
            from  (select (b.first - 1 + width_bucket(r.published_at, b.starts))::text as year, count(*) as n from rows r cross join years b where 'year' = any(@facets) group by 1) y),
        {MostFrequent}
        """;

    private sealed record Row
    {
        public string? Facet { get; init; }
        public string Value { get; init; } = "";
        public string Label { get; init; } = "";
        public int Articles { get; init; }
        public bool IsExact { get; init; }
    }
}
