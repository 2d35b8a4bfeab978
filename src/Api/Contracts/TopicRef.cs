namespace Api.Contracts;

/// <summary>A topic, as other items show it.</summary>
internal sealed record TopicRef
{
    /// <summary>Always <c>topic</c>.</summary>
    public string Resource { get; } = "topic";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>The value that <c>topic</c> filters take.</summary>
    public required string Slug { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>region, country, issue or program; more may come.</summary>
    public required string Kind { get; init; }

    /// <summary>The topic's page for people, absolute.</summary>
    public required string Url { get; init; }
}
