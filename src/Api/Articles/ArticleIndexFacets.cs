using System.Globalization;
using Api.Contracts;
using Api.Http;
using Api.Indexing;
using Api.Listing;

namespace Api.Articles;

/// <summary>Breaks a list of articles down by the lists in memory. Each facet leaves out its own filter, so that it shows what else there would be. Pure.</summary>
internal static class ArticleIndexFacets
{
    // As many values as an answer shows.
    private const int Most = 100;

    /// <summary>The facets of the articles that match, exact; null when <paramref name="asked"/> is empty.</summary>
    public static Facets? Of(ListState state, ArticleFilter filter, IReadOnlyList<string> asked)
    {
        if (asked.Count == 0) return null;
        List<Facets> found = [];
        foreach (var group in asked.GroupBy(filter.Without))
        {
            var matches = group.Key.FindsNothing ? null : ArticleIndexQuery.Find(state.Articles.Items, group.Key);
            found.Add(matches is null ? Facets.None(group) : new Facets(group.ToDictionary(facet => facet, facet => Values(state, matches, facet)), true));
        }
        return Facets.Together(found);
    }

    private static IReadOnlyList<FacetValue> Values(ListState state, Matches matches, string facet)
    {
        var counted = facet == "year" ? Years(state.Articles.Items, matches) : state.Keys.Named(facet).Select(key => new FacetValue(key.Slug, key.Name!, matches.CountOf(key.Key)));
        return [.. counted.Where(value => value.Count > 0).OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal).Take(Most)];
    }

    private static IEnumerable<FacetValue> Years(ItemIndex index, Matches matches) => index.Years.Select(year =>
    {
        var text = year.ToString(CultureInfo.InvariantCulture);
        return new FacetValue(text, text, matches.CountOfYear(year));
    });
}
