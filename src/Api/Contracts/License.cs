namespace Api.Contracts;

/// <summary>Under what terms an article may be republished.</summary>
internal sealed record License
{
    /// <summary>SPDX identifier, such as <c>CC-BY-4.0</c>, or a name of the site's own.</summary>
    public required string Id { get; init; }

    /// <summary>The terms, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The address a copy has to name as canonical, absolute URL.</summary>
    public required string CanonicalUrl { get; init; }

    /// <summary>Where it appeared first: the outlet of a media item, else the site.</summary>
    public required Origin OriginallyPublishedAt { get; init; }

    /// <summary>What a republisher has to show, ready as HTML: title, author, publisher, where it appeared first, and the terms, with links.</summary>
    public required string AttributionHtml { get; init; }
}

/// <summary>Where something appeared first.</summary>
/// <param name="Name">Name of the outlet or the site.</param>
/// <param name="Url">The item there, absolute URL.</param>
internal sealed record Origin(string Name, string Url);
