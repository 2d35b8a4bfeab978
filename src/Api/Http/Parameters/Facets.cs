using Api.Contracts.Lists;

namespace Api.Http.Parameters;

/// <summary>Counts of facet values among all matches.</summary>
/// <param name="Values">The values of each facet, the most frequent first.</param>
internal sealed record Facets(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Values)
{
    /// <summary>Facets of an empty result.</summary>
    public static Facets None(IEnumerable<string> names) => new(names.ToDictionary(name => name, _ => (IReadOnlyList<FacetValue>)[]));

    /// <summary>Merges the facets of several queries.</summary>
    public static Facets Together(IEnumerable<Facets> all) => new(all.SelectMany(facets => facets.Values).ToDictionary());
}
