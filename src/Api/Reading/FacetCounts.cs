using System.Globalization;
using Api.Contracts.Lists;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;

namespace Api.Reading;

/// <summary>Counts types, topics, experts, years and outlets of a set of articles in the lists in memory. Pure.</summary>
internal static class FacetCounts
{
    /// <summary>The facets; counts are exact.</summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="among">The articles to count.</param>
    /// <param name="facets">The facets to count.</param>
    public static Facets Of(ListState state, Matches among, IEnumerable<string> facets) =>
        new(facets.ToDictionary(facet => facet, facet => Values(state, among, facet)));

    private static IReadOnlyList<FacetValue> Values(ListState state, Matches matches, string facet)
    {
        var counted =
            facet == "year"
                ? Years(state.Articles.Items, matches)
                : state.Keys.Named(facet).Select(key => new FacetValue(key.Slug, key.Name!, matches.CountOf(key.Key)));
        return
        [
            .. counted
                .Where(value => value.Count > 0)
                .OrderByDescending(value => value.Count)
                .ThenBy(value => value.Value, StringComparer.Ordinal)
                .Take(ListParameters.MostFacetValues),
        ];
    }

    private static IEnumerable<FacetValue> Years(ItemIndex index, Matches matches) =>
        index.Years.Select(year =>
        {
            var text = year.ToString(CultureInfo.InvariantCulture);
            return new FacetValue(text, text, matches.CountOfYear(year));
        });
}
