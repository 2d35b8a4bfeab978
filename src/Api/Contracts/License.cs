namespace Api.Contracts;

/// <summary>The terms for republishing an article.</summary>
internal sealed record License
{
    /// <summary>SPDX identifier, such as <c>CC-BY-4.0</c>, or a name the site has chosen.</summary>
    public required string Id { get; init; }

    /// <summary>The terms, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The canonical URL that a copy must declare, absolute.</summary>
    public required string CanonicalUrl { get; init; }

    /// <summary>Where it appeared first: the outlet of a media item, else the site.</summary>
    public required Origin OriginallyPublishedAt { get; init; }

    /// <summary>
    /// The attribution that a republisher must show, as HTML: title, author, publisher, where it appeared first, and the terms, with links.
    /// </summary>
    public required string AttributionHtml { get; init; }
}

/// <summary>Where something appeared first.</summary>
/// <param name="Name">Name of the outlet or the site.</param>
/// <param name="Url">The item at the outlet or on the site, absolute URL.</param>
internal sealed record Origin(string Name, string Url);
