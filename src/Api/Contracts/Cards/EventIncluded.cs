namespace Api.Contracts.Cards;

/// <summary>Related data for the page of an event. A member that was not asked for is null.</summary>
internal sealed record EventIncluded
{
    /// <summary>Events that share topics and experts with the event, the closest first; at most six.</summary>
    public IReadOnlyList<Ready<EventCard>>? Related { get; init; }

    /// <summary>The three other events on the event's first topic that start last.</summary>
    public IReadOnlyList<Ready<EventCard>>? TopicEvents { get; init; }

    /// <summary>All menus of the site.</summary>
    public IReadOnlyList<MenuCard>? Menus { get; init; }
}
