using Api.Http.Parameters;
using Dapper;

namespace Api.Reading.Search;

/// <summary>
/// SQL fragments for full-text search; every value is a parameter. docs/decisions/0009 describes matching and ranking. Pure.
/// </summary>
internal static class TextSearch
{
    /// <summary>The most hits that are ranked; a list by relevance ends after them.</summary>
    public const int MostRanked = 1_000;

    /// <summary>
    /// The first common table expressions: <c>asked</c> is the query in each language that has texts, and <c>wanted</c> combines these into
    /// one query without the excluded words, for texts in any language.
    /// </summary>
    public const string Asked = """
        configs as materialized (select config, articles from delivery.text_configs),
        usual as materialized (select config from configs order by articles desc, config = 'delivery.english'::regconfig desc, config::text limit 1),
        alternatives as materialized (
            select v.n, c.config, to_tsquery(c.config, delivery.merge_similar_letters(v.wanted)) as wanted, to_tsquery(c.config, delivery.merge_similar_letters(v.unwanted)) as unwanted,
                   to_tsquery(c.config, delivery.merge_similar_letters(v.loose)) as loose
            from   unnest(@wanted, @unwanted, @loose) with ordinality v (wanted, unwanted, loose, n) cross join configs c),
        asked as materialized (
            -- names are read as they stand as well: a word of one may be none in the language; in order, as a rank is a sum of floating-point numbers
            select c.config,
                   coalesce((select string_agg('(' || a.wanted::text || ')', ' | ' order by a.n) from alternatives a where a.config = c.config and numnode(a.wanted) > 0),
                            (select string_agg('(' || a.wanted::text || ')', ' | ' order by a.n) from alternatives a where a.config = 'delivery.plain'::regconfig and numnode(a.wanted) > 0),
                            '')::tsquery as query,
                   to_tsquery(c.config, delivery.merge_similar_letters(@phrase::text)) as phrase, to_tsquery(c.config, delivery.merge_similar_letters(@titlePhrase::text)) as title_phrase
            from   configs c),
        wanted as materialized (
            select string_agg('((' || a.wanted || ')' || coalesce(' & !(' || a.unwanted || ')', '') || ')', ' | ')::tsquery as query,
                   string_agg('(' || a.loose || ')', ' | ')::tsquery as loose
            from  (select string_agg('(' || a.wanted::text || ')', ' | ') filter (where numnode(a.wanted) > 0) as wanted,
                          string_agg('(' || a.loose::text || ')', ' | ') filter (where numnode(a.loose) > 0) as loose,
                          string_agg('(' || a.unwanted::text || ')', ' | ') filter (where numnode(a.unwanted) > 0) as unwanted
                   from   alternatives a
                   group  by a.n
                   -- What is no word in the language most is written in is none.
                   having bool_or(numnode(a.wanted) > 0) filter (where a.config = (select config from usual))) a)
        """;

    /// <summary>The query that the vector of a text must match.</summary>
    public const string Wanted = "(select query from wanted)";

    /// <summary>
    /// One article in how many is in the sample from which frequencies are estimated; a partial index has these articles.
    /// </summary>
    public const int SampleStep = 32;

    /// <summary>True for an article <c>t</c> in the sample.</summary>
    public static readonly string InSample = $"t.item_id % {SampleStep} = 0";

    /// <summary>
    /// Whether the words, in any order, occur in so many articles that articles are walked instead: <c>common.yes</c>, estimated from the
    /// sample.
    /// </summary>
    public static readonly string Common = $"""
        common as materialized (
            select count(*) = @common as yes
            from  (select from delivery.article_texts t where {InSample} and t.whole @@ (select loose from wanted) limit @common) s)
        """;

    /// <summary>The newest articles.</summary>
    public const string Newest =
        "select t.item_id from delivery.article_texts t order by t.published_at desc, t.item_id desc limit @newest";

    /// <summary>The articles of <c>picked</c> with their relevance: item_id, config, score.</summary>
    /// <remarks>
    /// ts_rank weighs the position of the words (title, subtitle and summary, names, body) and the distance between them. The score doubles
    /// when all words are in the title. It grows by half when they form a phrase, and by twice as much when they form a phrase in the
    /// title. An article scores half as much as one published twenty years later; the score does not depend on the current time.
    /// </remarks>
    // A title match may have an excluded word in the body, so the whole vector is tested again.
    public const string RankedArticles = $"""
        select t.item_id, t.config,
               round((1e6 * ts_rank({Weights}, t.whole, a.query, 1) * {Bonuses}
                      * power(2, extract(epoch from t.published_at - '2000-01-01T00:00:00Z') / (20 * 31557600.0)))::numeric)::bigint as score
        from   picked p
        cross join lateral (select t.* from delivery.article_texts t where t.item_id = p.item_id and t.whole @@ {Wanted} offset 0) t
        join   asked a on a.config = t.config
        """;

    /// <summary>
    /// The score of a row of <c>named_texts t</c> for one of <c>asked a</c>. It is three times as high for an expert or a topic with all
    /// words in the name, and exact name matches rank first.
    /// </summary>
    // Experts and topics have no date and count as in 2010. An event without a fixed date is entered with one far in the future, and
    // counts as in 2040.
    public const string NamedScore = $"""
        round((1e6 * ts_rank({Weights}, t.whole, a.query, 1) * {Bonuses} * case when t.resource <> 'event' and t.title @@ a.query then 3 else 1 end
               * power(2, extract(epoch from least(coalesce(t.at, '2010-01-01T00:00:00Z'), '2040-01-01T00:00:00Z') - '2000-01-01T00:00:00Z') / (20 * 31557600.0))
               + case when t.resource <> 'event' and t.names @> array[delivery.fold(@plain)] then 1e9 else 0 end)::numeric)::bigint
        """;

    private const string Weights = "'{0.1, 0.25, 0.5, 1}'";

    private const string Bonuses = """
        (1 + (t.title @@ a.query)::integer)
               * (1 + 0.5 * (t.whole @@ a.phrase is true)::integer + (t.whole @@ a.title_phrase is true)::integer)
        """;

    /// <summary>
    /// The candidates for ranking, as <c>picked</c>: the newest thousand articles with the words in the title, and the newest thousand with
    /// the words anywhere. Rare words are looked up in the index. When at least one article in seven has the words, walking the newest
    /// articles finds enough of them soon.
    /// </summary>
    /// <param name="beside">The conditions on <c>article_texts t</c> other than the words.</param>
    /// <param name="newest">Item ids of the newest articles that meet the other conditions, at most <c>@newest</c>.</param>
    public static string Picked(string beside, string newest) =>
        $"""
            picked as materialized (
                {LookedUp("whole", beside)}
                union
                {LookedUp("title", beside)}
                union
                {Walked("whole", newest)}
                union
                {Walked("title", newest)})
            """;

    /// <summary>
    /// An expression for the number of matching articles; null when a phrase consists of words so common that testing each text would take
    /// too long. Requires <see cref="Common"/>.
    /// </summary>
    /// <param name="beside">The conditions on <c>article_texts t</c> other than the words.</param>
    /// <param name="hasSequences">Whether the search has a phrase.</param>
    /// <param name="limit">A limit clause at which counting stops; may be empty.</param>
    public static string Count(string beside, bool hasSequences, string limit)
    {
        var count =
            $"(select count(*)::integer from (select from delivery.article_texts t where t.whole @@ {Wanted} and {beside} {limit}) c)";
        return hasSequences ? $"(case when not (select yes from common) then {count} end)" : count;
    }

    /// <summary>Adds the parameters of all fragments.</summary>
    public static void AddTo(DynamicParameters parameters, SearchText search, SearchReach? reach = null) =>
        parameters.AddDynamicParams(
            new
            {
                common = (reach ?? SearchReach.Usual).CommonFor(search),
                newest = (reach ?? SearchReach.Usual).NewestFor(search),
                sequences = search.HasSequences,
                wanted = search.Wanted,
                unwanted = search.Unwanted,
                loose = search.Loose,
                phrase = search.Phrase,
                titlePhrase = search.Phrase is { } phrase ? phrase + ":A" : null,
                plain = search.Plain,
            }
        );

    // The offset keeps the planner from choosing an index by the sort order.
    private static string LookedUp(string vector, string beside) =>
        $"""
            (select m.item_id
                 from  (select t.item_id, t.published_at from delivery.article_texts t
                        where {(
                vector == "title" ? "(@sequences or not (select yes from common))" : "not (select yes from common)"
            )} and {beside} and t.{vector} @@ {Wanted} offset 0) m
                 order by m.published_at desc, m.item_id desc limit {MostRanked})
            """;

    private static string Walked(string vector, string newest) =>
        $"""
            (select t.item_id
                 from  ({newest}) r
                 cross join lateral (select t.item_id, t.published_at from delivery.article_texts t where t.item_id = r.item_id and t.{vector} @@ {Wanted} offset 0) t
                 where (select yes from common)
                 order by t.published_at desc, t.item_id desc limit {MostRanked})
            """;
}
