namespace Api.Contracts;

/// <summary>An expert with their role in an article or event.</summary>
internal sealed record ExpertRef
{
    /// <summary>Always <c>expert</c>.</summary>
    public string Resource { get; } = "expert";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>The value that <c>expert</c> filters take.</summary>
    public required string Slug { get; init; }

    /// <summary>Full name.</summary>
    public required string Name { get; init; }

    // For citation formats. Internal, so not part of the JSON.
    internal string? GivenName { get; init; }

    internal string? FamilyName { get; init; }

    /// <summary>Position, such as "Director, Asia Program".</summary>
    public required string? Title { get; init; }

    /// <summary>The organization they work for.</summary>
    public required string? Organization { get; init; }

    /// <summary>Portrait.</summary>
    public required Image? Photo { get; init; }

    /// <summary>author, featured, contributor, moderator, speaker …; more may be added.</summary>
    public required string Role { get; init; }

    /// <summary>The expert's web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }
}
