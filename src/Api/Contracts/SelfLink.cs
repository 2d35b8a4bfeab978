namespace Api.Contracts;

/// <summary>The address of an item in this API.</summary>
/// <param name="Self">Absolute URL.</param>
internal sealed record SelfLink(string Self);
