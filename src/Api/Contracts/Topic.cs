namespace Api.Contracts;

/// <summary>A subject of articles and events. Programs are topics too.</summary>
internal sealed record Topic : IIdentified
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
    public string PublicationStatus { get; init; } = Catalogue.Published;

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>region, country, issue or program; more may be added.</summary>
    public required string Kind { get; init; }

    /// <summary>A few sentences, plain text; empty when there are none.</summary>
    public required string Description { get; init; }

    /// <summary>The parent topic; null at the top level.</summary>
    public required TopicRef? Parent { get; init; }

    /// <summary>The child topics, by name.</summary>
    public required IReadOnlyList<TopicRef> Children { get; init; }

    /// <summary>The path to it from the site's root, including itself.</summary>
    public required IReadOnlyList<Breadcrumb> Breadcrumbs { get; init; }

    /// <summary>True when the editors feature it.</summary>
    public required bool Featured { get; init; }

    /// <summary>Number of published articles on it or on a topic below it.</summary>
    public required int ArticleCount { get; init; }

    /// <summary>Number of published events on it or on a topic below it.</summary>
    public required int EventCount { get; init; }

    /// <summary>When the newest of those articles was published (RFC 3339, UTC); null without articles.</summary>
    public required DateTime? LatestAt { get; init; }

    /// <summary>Addresses in this API: the topic, its articles and events, and these as feeds.</summary>
    public required SubjectLinks Links { get; init; }
}

/// <summary>A topic with all topics below it.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Topics">The subtrees of its child topics, by name.</param>
internal sealed record TopicTree(Topic Topic, IReadOnlyList<TopicTree> Topics);
