namespace Api.Contracts.Cards;

/// <summary>A topic, on a card.</summary>
/// <param name="Slug">The value that <c>topic</c> filters take.</param>
/// <param name="Name">Display name.</param>
/// <param name="Path">The path for links within the site.</param>
internal sealed record CardTopic(string Slug, string Name, string Path)
{
    private const int Most = 3;

    /// <summary>The topic without its other members.</summary>
    public static CardTopic Of(TopicRef topic) => new(topic.Slug, topic.Name, topic.Path);

    /// <summary>The first three different topics.</summary>
    public static IReadOnlyList<CardTopic> Of(IEnumerable<TopicRef> topics) =>
        [.. topics.DistinctBy(topic => topic.Id).Take(Most).Select(Of)];
}
