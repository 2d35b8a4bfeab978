namespace Api.Contracts;

/// <summary>Under what terms an article may be republished.</summary>
internal sealed record License
{
    /// <summary>SPDX identifier, such as <c>CC-BY-4.0</c>, or a name of the site's own.</summary>
    public required string Id { get; init; }

    /// <summary>The terms, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The line a republisher has to show, as HTML.</summary>
    public required string AttributionHtml { get; init; }
}
