using Api.Contracts.Lists;

namespace Api.Http.Parameters;

/// <summary>Counts of facet values among all matches.</summary>
/// <param name="Values">The values of each facet, the most frequent first.</param>
/// <param name="IsExact">True when counted, false when estimated from a sample.</param>
internal sealed record Facets(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Values, bool IsExact)
{
    /// <summary>Facets of an empty result.</summary>
    public static Facets None(IEnumerable<string> names) => new(names.ToDictionary(name => name, _ => (IReadOnlyList<FacetValue>)[]), true);

    /// <summary>Merges the facets of several queries; exact when all of them are.</summary>
    public static Facets Together(IReadOnlyList<Facets> all) =>
        new(all.SelectMany(facets => facets.Values).ToDictionary(), all.All(facets => facets.IsExact));
}
