namespace Api.Contracts;

/// <summary>Related data for an item page. A member that was not asked for is null.</summary>
internal sealed record Included
{
    /// <summary>Articles that share topics and experts with the item, the closest first; at most six.</summary>
    public IReadOnlyList<Article>? Related { get; init; }

    /// <summary>The six newest other articles on the item's primary topic.</summary>
    public IReadOnlyList<Article>? MoreOnTopic { get; init; }

    /// <summary>The three newest events on the item's primary topic.</summary>
    public IReadOnlyList<Event>? TopicEvents { get; init; }

    /// <summary>All menus of the site.</summary>
    public IReadOnlyList<Menu>? Menus { get; init; }
}
