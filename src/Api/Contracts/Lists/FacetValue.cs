namespace Api.Contracts.Lists;

/// <summary>A value of a facet.</summary>
/// <param name="Value">Value for the filter of the same name.</param>
/// <param name="Label">Text to show.</param>
/// <param name="Count">Number of articles in the whole result that have it, ignoring the filter of this facet.</param>
internal sealed record FacetValue(string Value, string Label, int Count);
