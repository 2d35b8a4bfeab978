namespace Api.Contracts.Lists;

/// <summary>A value of a facet.</summary>
/// <param name="Value">What the filter of the same name takes.</param>
/// <param name="Label">Text to show.</param>
/// <param name="Count">How many articles of the whole result have it, the filter of this facet left aside.</param>
internal sealed record FacetValue(string Value, string Label, int Count);
