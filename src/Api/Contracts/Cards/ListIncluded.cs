namespace Api.Contracts.Cards;

/// <summary>Related data for a page that shows a list. A member that was not asked for is null.</summary>
internal sealed record ListIncluded
{
    /// <summary>The six newest articles that the editors feature, whatever the filters of the list.</summary>
    public IReadOnlyList<Ready<ArticleCard>>? Featured { get; init; }

    /// <summary>The three events that end next, whatever the filters of the list.</summary>
    public IReadOnlyList<Ready<EventCard>>? Events { get; init; }

    /// <summary>All menus of the site.</summary>
    public IReadOnlyList<MenuCard>? Menus { get; init; }
}
