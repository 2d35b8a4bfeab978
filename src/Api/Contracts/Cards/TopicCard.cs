namespace Api.Contracts.Cards;

/// <summary>A topic as a teaser shows it.</summary>
internal sealed record TopicCard : IIdentified
{
    /// <summary>Always <c>topic</c>.</summary>
    public string Resource { get; } = "topic";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the topic. It may change; the API redirects (301) from an old slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The topic's web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }

    /// <summary>Always <c>published</c> in public answers. More may be added.</summary>
    public required string PublicationStatus { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>region, country, issue or program; more may be added.</summary>
    public required string Kind { get; init; }

    /// <summary>A few sentences, plain text, after 300 characters cut at a word with <c>…</c>; empty when there are none.</summary>
    public required string Description { get; init; }

    /// <summary>The parent topic; null at the top level.</summary>
    public required CardTopic? Parent { get; init; }

    /// <summary>True when the editors feature it.</summary>
    public required bool Featured { get; init; }

    /// <summary>Number of published articles on it or on a topic below it.</summary>
    public required int ArticleCount { get; init; }

    /// <summary>The card of a topic.</summary>
    public static TopicCard Of(Topic topic) =>
        new()
        {
            Id = topic.Id,
            Slug = topic.Slug,
            Url = topic.Url,
            Path = topic.Path,
            PublicationStatus = topic.PublicationStatus,
            Name = topic.Name,
            Kind = topic.Kind,
            Description = CardText.Of(topic.Description),
            Parent = topic.Parent is { } parent ? CardTopic.Of(parent) : null,
            Featured = topic.Featured,
            ArticleCount = topic.ArticleCount,
        };
}
