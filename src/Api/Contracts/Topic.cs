namespace Api.Contracts;

/// <summary>A subject that articles and events are filed under; programs are topics too.</summary>
internal sealed record Topic : IIdentified
{
    /// <summary>Always <c>topic</c>.</summary>
    public string Resource { get; } = "topic";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Address of the topic; may change, an old one answers 301.</summary>
    public required string Slug { get; init; }

    /// <summary>The topic's page for people, absolute.</summary>
    public required string Url { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>region, country, issue or program; more may come.</summary>
    public required string Kind { get; init; }

    /// <summary>A few sentences, plain text; empty when there are none.</summary>
    public required string Description { get; init; }

    /// <summary>The topic above it; null at the top.</summary>
    public required TopicRef? Parent { get; init; }

    /// <summary>The topics right below it, by name.</summary>
    public required IReadOnlyList<TopicRef> Children { get; init; }

    /// <summary>The way to it from the site's root, itself included.</summary>
    public required IReadOnlyList<Breadcrumb> Breadcrumbs { get; init; }

    /// <summary>True when the editors put it forward.</summary>
    public required bool Featured { get; init; }

    /// <summary>Published articles on it or on a topic below it.</summary>
    public required int ArticleCount { get; init; }

    /// <summary>Published events on it or on a topic below it.</summary>
    public required int EventCount { get; init; }

    /// <summary>When the newest of those articles was published (RFC 3339, UTC).</summary>
    public required DateTime? LatestAt { get; init; }

    /// <summary>Its address in this API, its articles and events, and these as feeds.</summary>
    public required SubjectLinks Links { get; init; }
}

/// <summary>A topic with the topics below it, whole.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Topics">The trees right below it, by name.</param>
internal sealed record TopicTree(Topic Topic, IReadOnlyList<TopicTree> Topics);
