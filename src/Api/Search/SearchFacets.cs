using Api.Contracts.Lists;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Api.Reading;

namespace Api.Search;

/// <summary>Counts facets of a search over all resources. Pure.</summary>
internal static class SearchFacets
{
    private const string Resource = "resource";

    private static readonly (string Value, string Label)[] Resources =
    [
        ("article", "Articles"),
        ("expert", "Experts"),
        ("topic", "Topics"),
        ("event", "Events"),
    ];

    /// <summary>The parameter: <c>resource</c> counts all hits, the other facets count the articles among them.</summary>
    public static readonly Parameter Parameter = ListParameters.Facets with
    {
        Description =
            "Facets to count over the whole result. `resource` counts the hits of each resource, whatever the parameter `resource` says; the others count articles. "
            + $"`facets` then holds the values of each, at most {ListParameters.MostFacetValues}, the most frequent first. "
            + "Counts are exact (`facetsKind`).",
        Allowed = [Resource, .. ListParameters.Facets.Allowed],
        MaxItems = ListParameters.Facets.Allowed.Count + 1,
        Example = "resource,type",
    };

    /// <summary>The facets of the items with the words of a search; null when <paramref name="asked"/> is empty.</summary>
    public static Facets? Of(ListState state, KeySet found, IReadOnlyList<string> resources, IReadOnlyList<string> asked)
    {
        if (asked.Count == 0)
            return null;
        var ofArticles = asked.Where(facet => facet != Resource).ToList();
        var articles = resources.Contains("article") ? found : KeySet.Empty;
        var counts = FacetCounts.Of(state, state.Articles.Items.Find(IndexQuery.Everything).Among(articles), ofArticles);
        return asked.Contains(Resource) ? Facets.Together([ByResource(state, found), counts]) : counts;
    }

    private static Facets ByResource(ListState state, KeySet found)
    {
        var values = Resources
            .Select(one => new FacetValue(one.Value, one.Label, KeySet.CountAnd(found, SearchScope.Of(state, one.Value))))
            .Where(value => value.Count > 0)
            .OrderByDescending(value => value.Count)
            .ThenBy(value => value.Value, StringComparer.Ordinal);
        return new Facets(new Dictionary<string, IReadOnlyList<FacetValue>> { [Resource] = [.. values] });
    }
}
