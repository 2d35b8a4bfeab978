using Api.Http;
using Api.Reading;

namespace Api.Articles;

/// <summary>The rows of a list of articles in the order of relevance, as common table expressions; every value is a parameter. Pure.</summary>
internal sealed class ArticleRankingSql(ArticleConditions conditions, PageWindow window, Ladder ladder)
{
    /// <summary><c>rows</c>, and what comes before it; <see cref="TextSearch.Asked"/> is to stand before that.</summary>
    public string Rows() => $"""
        {(conditions.IsRare(ladder) || conditions.IsCurated ? PickedOfFew : $"{TextSearch.Common},\n{TextSearch.Picked(conditions.KeysOfTexts, conditions.BesideWords, Newest)}")},
        ranked as materialized (
            select l.item_id, r.score as at, l.id
            from  ({TextSearch.RankedArticles}) r
            cross join lateral (select l.item_id, l.id from delivery.listing l where l.item_id = r.item_id offset 0) l
            order by r.score desc, l.id desc limit {TextSearch.MostRanked}),
        rows as (select r.item_id, r.at, r.id from ranked r {(window.At is null ? "" : $"where (r.at, r.id) {(window.Backward ? ">" : "<")} (@atScore, @atId)")})
        """;

    private string PickedOfFew => $"""
        picked as materialized (
            select m.item_id
            from  (select l.item_id, l.published_at from delivery.listing l where {conditions.All} offset 0) m
            order by m.published_at desc, m.item_id desc limit {2 * TextSearch.MostRanked})
        """;

    // Of all that match but for the words. Keys are not in the order of publication, so the planner is to sort what has them.
    private string Newest => $"""
        select t.item_id, t.published_at
        from  (select t.item_id, t.published_at from delivery.article_texts t {conditions.KeysOfTexts}
               where {conditions.BesideWords} {(conditions.KeysOfTexts == "" ? "" : "offset 0")}) t
        order by t.published_at desc, t.item_id desc limit @newest
        """;
}
