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
        : TextSearch.FacetSet(conditions.KeysOfTexts, conditions.BesideWords);

    private static FacetSet OfListing(ArticleConditions conditions)
    {
        var keysOnly = !conditions.BoundsPublication && !conditions.BoundsChange && !conditions.IsCurated && !conditions.Searches && !conditions.ExcludesItems;
        var matching = $"select l.item_id from delivery.listing l where {conditions.All}";
        return new FacetSet(
            "",
            matching,
            FacetSet.StepOf(keysOnly ? ArticleBitsSql.Count(conditions) : $"(select count(*) from ({matching}) c)"),
            keysOnly
                ? $"""
                  select f.chunk * 2048 + p as item_id
                  from  ({ArticleBitsSql.Matching(conditions)}) f
                  cross join generate_series(0, 2047) p
                  where (f.chunk * 2048 + p) % (select step from scale) = 0 and get_bit(f.bits, p) = 1
                  """
                : $"{matching} and l.item_id % (select step from scale) = 0");
    }
}
