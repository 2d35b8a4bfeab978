namespace Api.Contracts.Cards;

/// <summary>Related data for any page. A member that was not asked for is null.</summary>
internal sealed record Included
{
    /// <summary>All menus of the site.</summary>
    public IReadOnlyList<MenuCard>? Menus { get; init; }
}
