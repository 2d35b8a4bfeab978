using Api.Http;
using Api.Reading;
using Dapper;

namespace Api.Articles;

/// <summary>Breaks a list of articles down. Each facet leaves out its own filter, so that it shows what else there would be.</summary>
internal sealed class ArticleFacets(FacetCounts counts, Ladder ladder, SearchReach reach)
{
    /// <summary>The facets of the articles that match; null when <paramref name="asked"/> is empty. One round trip, and one more for each facet with a filter of its own.</summary>
    public async Task<Facets?> Of(ArticleFilter filter, IReadOnlyList<string> asked, CancellationToken cancel)
    {
        if (asked.Count == 0) return null;
        List<Facets> found = [];
        foreach (var group in asked.GroupBy(filter.Without))
        {
            var parameters = new DynamicParameters();
            var conditions = new ArticleConditions(group.Key);
            conditions.AddTo(parameters, reach);
            found.Add(group.Key.FindsNothing ? Facets.None(group) : await counts.Of(group.Key.FindsAll ? null : Set(conditions), [.. group], parameters, cancel));
        }
        return Facets.Together(found);
    }

    private FacetSet Set(ArticleConditions conditions) => !conditions.Searches ? OfListing(conditions)
        : conditions.IsRare(ladder) || conditions.IsCurated ? OfListing(conditions) with { With = TextSearch.Asked }
        : TextSearch.Found(conditions.KeysOfTexts, conditions.BesideWords);

    private const string AreFew = "(select n from size) <= @counted";

    private static FacetSet OfListing(ArticleConditions conditions)
    {
        var keysOnly = !conditions.BoundsPublication && !conditions.BoundsChange && !conditions.IsCurated && !conditions.Searches && !conditions.ExcludesItems;
        var matching = $"select l.item_id from delivery.listing l where {conditions.All}";
        // What is bounded by times is told article by article, so one in 32 is: 6 % in the worst case.
        return keysOnly
            ? new FacetSet($"size as materialized (select {ArticleBitsSql.Count(conditions)} as n)", $"{matching} and {AreFew}", FacetSet.StepOf("(select n from size)"), $"""
                select f.chunk * 2048 + p as item_id
                from  ({ArticleBitsSql.Matching(conditions)}) f
                cross join scale s
                cross join generate_series((s.step - f.chunk * 2048 % s.step) % s.step, 2047, s.step) p
                where get_bit(f.bits, p) = 1
                """, AreFew)
            : new FacetSet("", matching, "32", $"""
                select g.id as item_id
                from   generate_series(0, (select max(l.item_id) from delivery.listing l), (select step from scale)) g (id)
                cross join lateral (select from delivery.listing l where l.item_id = g.id and {conditions.All} offset 0) l
                """);
    }
}
