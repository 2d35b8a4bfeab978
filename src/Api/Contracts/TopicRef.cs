namespace Api.Contracts;

/// <summary>A topic, as other items refer to it.</summary>
internal sealed record TopicRef
{
    /// <summary>Always <c>topic</c>.</summary>
    public string Resource { get; } = "topic";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>The value that <c>topic</c> filters take.</summary>
    public required string Slug { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>region, country, issue or program; more may be added.</summary>
    public required string Kind { get; init; }

    /// <summary>The topic's web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }
}
