using System.Globalization;
using Api.Contracts.Lists;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Api.Reading.Search;

namespace Api.Reading;

/// <summary>Counts types, topics, experts, years and outlets of a set of articles in the lists in memory.</summary>
internal sealed class FacetCounts(WordSearch words)
{
    // The most values of a facet in a response.
    private const int Most = 100;

    /// <summary>
    /// The facets. Counts are exact unless the search has common words. No round trip without a search, one with a search.
    /// </summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="among">The articles to count.</param>
    /// <param name="search">Counts only articles with these words; null for all.</param>
    /// <param name="facets">The facets to count.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<Facets> Of(ListState state, Matches among, SearchText? search, IEnumerable<string> facets, CancellationToken cancel)
    {
        var step = 1;
        if (search is not null)
        {
            var hits = search.Terms == 0 ? WordHits.None : await words.Sample(state, among, search, cancel);
            (among, step) = (among.Among(hits.Set), hits.Step);
        }
        return new Facets(facets.ToDictionary(facet => facet, facet => Values(state, among, step, facet)), step == 1);
    }

    private static IReadOnlyList<FacetValue> Values(ListState state, Matches matches, int step, string facet)
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
                .Take(Most)
                .Select(value => value with { Count = value.Count * step }),
        ];
    }

    private static IEnumerable<FacetValue> Years(ItemIndex index, Matches matches) =>
        index.Years.Select(year =>
        {
            var text = year.ToString(CultureInfo.InvariantCulture);
            return new FacetValue(text, text, matches.CountOfYear(year));
        });
}
