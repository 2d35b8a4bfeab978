namespace Api.Contracts.Cards;

/// <summary>Related data for the page of an article. A member that was not asked for is null.</summary>
internal sealed record ArticleIncluded
{
    /// <summary>Articles that share topics and experts with the article, the closest first; at most six.</summary>
    public IReadOnlyList<Ready<ArticleCard>>? Related { get; init; }

    /// <summary>The six newest other articles on the article's primary topic.</summary>
    public IReadOnlyList<Ready<ArticleCard>>? MoreOnTopic { get; init; }

    /// <summary>The three events on the article's primary topic that start last.</summary>
    public IReadOnlyList<Ready<EventCard>>? TopicEvents { get; init; }

    /// <summary>All menus of the site.</summary>
    public IReadOnlyList<MenuCard>? Menus { get; init; }
}
