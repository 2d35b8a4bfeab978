namespace Api.Http.Keys;

/// <summary>What a valid key allows.</summary>
/// <param name="Scope"><see cref="PreviewScope"/> or <see cref="EarlyScope"/>.</param>
/// <param name="Topics">The numbers of its topics; empty for scope <c>preview</c>, which sees all.</param>
internal sealed record GrantedKey(string Scope, IReadOnlyList<int> Topics)
{
    /// <summary>Drafts, and every moment to come.</summary>
    public const string PreviewScope = "preview";

    /// <summary>Embargoed articles and events on topics.</summary>
    public const string EarlyScope = "early";
}
