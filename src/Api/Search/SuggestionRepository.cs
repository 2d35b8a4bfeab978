using Api.Contracts.Lists;
using Api.Data.Delivery;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Site;
using Api.Reading.Search;

namespace Api.Search;

/// <summary>Suggests items while a reader types.</summary>
internal sealed class SuggestionRepository(DeliveryDatabase delivery)
{
    private const int Most = 10;

    // Experts, topics and events come first, and of these exact name matches, then names that begin with the text. Of the articles the
    // newest match: if many titles contain the words, there are enough among the newest two thousand; otherwise there are few enough
    // matches to look them all up.
    private const string FindSql = """
        with typed as materialized (
            -- the beginning of a word is no stop word
            select to_tsquery('delivery.plain', delivery.merge_similar_letters(@before))
                   && to_tsquery('pg_catalog.simple', quote_literal(nullif(delivery.fold(@last), '')) || ':*') as query, delivery.fold(@text) as text),
        named as materialized (
            select t.item_id, t.resource,
                   case when t.names @> array[d.text] then 3 when exists (select from unnest(t.names) n where starts_with(n, d.text)) then 2 else 1 end as place,
                   t.at, t.id
            from   typed d
            join   delivery.named_texts t on t.title @@ d.query
            order  by place desc, t.resource = 'event', t.at desc nulls first, t.id
            limit  @most),
        met as materialized (
            select r.item_id, r.published_at
            from  (select t.item_id, t.published_at from delivery.article_texts t order by t.published_at desc, t.item_id desc limit 2000) r
            cross join lateral (select from delivery.article_texts t where t.item_id = r.item_id and t.title @@ (select query from typed) offset 0) t
            order  by r.published_at desc, r.item_id desc
            limit  @most),
        looked as materialized (
            select m.item_id, m.published_at
            from  (select t.item_id, t.published_at from delivery.article_texts t
                   where (select count(*) from met) < @most and t.title @@ (select query from typed) offset 0) m
            order  by m.published_at desc, m.item_id desc
            limit  @most)
        select d.* from (
            select n.resource, x.slug, x.label, 1 as part, n.place, n.at, n.id
            from   named n
            cross join lateral (
                select e.slug, e.name as label from delivery.experts e where n.resource = 'expert' and e.item_id = n.item_id
                union all
                select t.slug, t.name from delivery.topics t where n.resource = 'topic' and t.item_id = n.item_id
                union all
                select v.slug, v.title from delivery.events v where n.resource = 'event' and v.item_id = n.item_id offset 0) x
            union all
            select 'article', x.slug, x.title, 2, 0, a.published_at, x.id
            from  (select * from met union select * from looked) a
            cross join lateral (select v.slug, v.title, v.id from delivery.articles v where v.item_id = a.item_id offset 0) x) d
        order  by d.part, d.place desc, d.resource = 'event', d.at desc nulls first, d.id
        limit  @most
        """;

    // For each word, the known words that begin with the same two letters, the most frequent first.
    private const string LikeSql = """
        select v.word as typed, f.word as folded, c.word as candidate
        from   unnest(@words) with ordinality v (word, n)
        cross join lateral (select delivery.fold(v.word) as word offset 0) f
        cross join lateral (select w.word, w.items from delivery.words w
                            where  length(f.word) > 3 and w.word >= left(f.word, 2) and w.word < left(f.word, 2) || e'\U0010FFFF'
                            order  by w.items desc, w.word
                            limit  500) c
        order  by v.n, c.items desc, c.word
        """;

    /// <summary>At most ten suggestions; one round trip, three when nothing begins with the typed text.</summary>
    public async Task<IReadOnlyList<Suggestion>> Find(SearchText typed, Links links, CancellationToken cancel)
    {
        if (typed.Terms == 0)
            return [];
        var rows = await Read(typed, cancel);
        if (rows.Count == 0 && await Correct(typed, cancel) is { } corrected)
            rows = await Read(corrected, cancel);
        return
        [
            .. rows.Select(row => new Suggestion(
                row.Resource,
                row.Slug,
                row.Label,
                links.PageUrl(row.Resource, row.Slug),
                links.PagePath(row.Resource, row.Slug)
            )),
        ];
    }

    private Task<IReadOnlyList<Row>> Read(SearchText typed, CancellationToken cancel)
    {
        // The last word may be incomplete.
        var before = string.Join(" & ", typed.Words.SkipLast(1).Select(word => $"'{word}'"));
        return delivery.Query<Row>(
            FindSql,
            new
            {
                before,
                last = typed.Words.LastOrDefault() ?? "",
                text = typed.Plain,
                most = Most,
            },
            cancel
        );
    }

    private async Task<SearchText?> Correct(SearchText typed, CancellationToken cancel)
    {
        var rows = await delivery.Query<LikeRow>(LikeSql, new { words = typed.Words.ToArray() }, cancel);
        var instead = rows.GroupBy(row => row.Typed)
            .Select(group =>
                (
                    Typed: group.Key,
                    Best: group
                        .Select(row => (row.Candidate, Distance: Distance(row.Folded, row.Candidate)))
                        .Where(row => row.Distance <= Spelling.Bound(group.First().Folded))
                        .OrderBy(row => row.Distance)
                        .FirstOrDefault()
                        .Candidate
                )
            )
            .Where(pair => pair.Best is not null)
            .ToDictionary(pair => pair.Typed, pair => pair.Best, StringComparer.Ordinal);
        return instead.Count == 0 ? null : typed.With(instead);
    }

    // Compares the typed text with prefixes of the word: of the same length, one letter shorter and one letter longer.
    private static int Distance(string typed, string word) =>
        Enumerable
            .Range(typed.Length - 1, 3)
            .Select(length => Math.Min(length, word.Length))
            .Min(length => Nearest.Distance(typed, word[..length], Spelling.Bound(typed)));

    private sealed record LikeRow
    {
        public string Typed { get; init; } = "";
        public string Folded { get; init; } = "";
        public string Candidate { get; init; } = "";
    }

    private sealed record Row
    {
        public string Resource { get; init; } = "";
        public string Slug { get; init; } = "";
        public string Label { get; init; } = "";
    }
}
