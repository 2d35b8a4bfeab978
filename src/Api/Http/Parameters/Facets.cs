using Api.Contracts.Lists;

namespace Api.Http.Parameters;

/// <summary>How often values occur among everything that matches.</summary>
/// <param name="Values">For each facet its values, the most frequent first.</param>
/// <param name="IsExact">Counted; else estimated from a sample.</param>
internal sealed record Facets(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>> Values, bool IsExact)
{
    /// <summary>Those of nothing.</summary>
    public static Facets None(IEnumerable<string> names) => new(names.ToDictionary(name => name, _ => (IReadOnlyList<FacetValue>)[]), true);

    /// <summary>Several as one.</summary>
    public static Facets Together(IReadOnlyList<Facets> all) =>
        new(all.SelectMany(one => one.Values).ToDictionary(), all.All(one => one.IsExact));
}
