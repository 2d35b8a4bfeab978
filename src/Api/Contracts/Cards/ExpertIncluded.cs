namespace Api.Contracts.Cards;

/// <summary>Related data for the page of an expert. A member that was not asked for is null.</summary>
internal sealed record ExpertIncluded
{
    /// <summary>The six newest articles in which the expert appears, in any role.</summary>
    public IReadOnlyList<Ready<ArticleCard>>? Articles { get; init; }

    /// <summary>The six events with the expert that start last.</summary>
    public IReadOnlyList<Ready<EventCard>>? Events { get; init; }

    /// <summary>All menus of the site.</summary>
    public IReadOnlyList<MenuCard>? Menus { get; init; }
}
