namespace Api.Contracts.Cards;

/// <summary>Related data for the page of a topic. A member that was not asked for is null.</summary>
internal sealed record TopicIncluded
{
    /// <summary>The six newest articles on the topic or a topic below it.</summary>
    public IReadOnlyList<Ready<ArticleCard>>? Articles { get; init; }

    /// <summary>The six events on the topic or a topic below it that start last.</summary>
    public IReadOnlyList<Ready<EventCard>>? Events { get; init; }

    /// <summary>The six experts with the most articles on the topic or a topic below it.</summary>
    public IReadOnlyList<ExpertCard>? Experts { get; init; }

    /// <summary>The child topics, by name; at most 50.</summary>
    public IReadOnlyList<TopicCard>? Children { get; init; }

    /// <summary>All menus of the site.</summary>
    public IReadOnlyList<MenuCard>? Menus { get; init; }
}
