using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Reading.Search;
using Dapper;

namespace Api.Search;

/// <summary>The statements of a search over all resources, composed of constant fragments; every value is a parameter. Pure.</summary>
/// <param name="search">The search.</param>
/// <param name="resources">The resources to search.</param>
/// <param name="window">The page of hits to read.</param>
/// <param name="reach">The thresholds above which only part of the content is examined.</param>
internal sealed class SearchSql(SearchText search, IReadOnlyList<string> resources, PageWindow window, SearchReach reach)
{
    private const string Articles = $"""
        select l.id, l.item_id, 'article' as resource, r.config, r.score as at
            from  ({TextSearch.RankedArticles}) r
            cross join lateral (select l.id, l.item_id from delivery.listing l where l.item_id = r.item_id offset 0) l
        """;

    private const string Named = $"""
        select t.id, t.item_id, t.resource, 'delivery.english'::regconfig as config, s.score as at
            from   delivery.named_texts t
            cross join lateral (
                select max({TextSearch.NamedScore}) as score from asked a
                where  a.config in ('delivery.english'::regconfig, 'delivery.plain'::regconfig)) s
            where  t.resource = any(@resources) and (t.whole @@ {TextSearch.Wanted} or t.names @> array[delivery.fold(@plain)])
        """;

    // The title and the beginning of the text of a hit.
    private const string Shown = """
        select a.slug, a.title, concat_ws(e'\n', a.summary, left(a.body_text, 16000)) as text
            from   delivery.articles a where h.resource = 'article' and a.item_id = h.item_id
            union all
            select x.slug, x.name, concat_ws(e'\n', concat_ws(', ', x.title, x.organization), left(delivery.text_of(x.bio_html), 16000))
            from   delivery.experts x where h.resource = 'expert' and x.item_id = h.item_id
            union all
            select x.slug, x.name, x.description from delivery.topics x where h.resource = 'topic' and x.item_id = h.item_id
            union all
            select e.slug, e.title, concat_ws(e'\n', e.summary, left(e.body_text, 16000)) from delivery.events e where h.resource = 'event' and e.item_id = h.item_id
        """;

    private bool AsksArticles => resources.Contains("article");

    private bool AsksNamed => resources.Any(resource => resource != "article");

    private string Direction => window.Backward ? "asc" : "desc";

    /// <summary>Parameters of all statements.</summary>
    public DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters(
            new
            {
                resources = resources.ToArray(),
                atScore = window.At?.Number ?? 0,
                atId = window.At?.Id,
                offset = window.Offset,
                take = window.Take,
            }
        );
        TextSearch.AddTo(parameters, search, reach);
        return parameters;
    }

    /// <summary>The hits of the page, in the direction of the walk.</summary>
    public string Page() =>
        $"""
            with {TextSearch.Asked},
            {(AsksArticles ? $"{TextSearch.Common},\n{TextSearch.Picked("true", TextSearch.Newest)}," : "")}
            ranked as materialized (
                {string.Join("\n    union all\n    ", Sources())}
                order by at desc, id desc limit {TextSearch.MostRanked}),
            hits as materialized (
                select * from ranked r
                {(window.At is null ? "" : $"where (r.at, r.id) {(window.Backward ? ">" : "<")} (@atScore, @atId)")}
                order by r.at {Direction}, r.id {Direction} offset @offset limit @take)
            select h.resource, h.id, h.at, d.slug, d.title,
                   {Snippet.Sql("h.config", "(select a.query from asked a where a.config = h.config)", "d.text")} as headline
            from   hits h
            cross join lateral ({Shown} offset 0) d
            order  by h.at {Direction}, h.id {Direction}
            """;

    /// <summary>
    /// An expression with one number: the matches, or 10,001 when there are more than are counted; null when counting would take too long.
    /// </summary>
    public string Total()
    {
        var limit = window.Count == CountKind.Exact ? "" : "limit 10001";
        List<string> counts = [];
        if (AsksArticles)
            counts.Add(TextSearch.Count("true", search.HasSequences, limit));
        if (AsksNamed)
            counts.Add(
                $"(select count(*) from delivery.named_texts t where t.resource = any(@resources) and (t.whole @@ {TextSearch.Wanted} or t.names @> array[delivery.fold(@plain)]))"
            );
        return $"with {TextSearch.Asked}, {TextSearch.Common} select ({string.Join(" + ", counts)})::integer";
    }

    private IEnumerable<string> Sources()
    {
        if (AsksArticles)
            yield return Articles;
        if (AsksNamed)
            yield return Named;
    }
}
