using System.Text.Json.Serialization;

namespace Api.Contracts.Site;

/// <summary>A static page of the site, such as "About us".</summary>
internal sealed record SitePage : IIdentified
{
    /// <summary>Always <c>page</c>.</summary>
    public string Resource { get; } = "page";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the page. It may change; the API redirects (301) from an old slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }

    /// <summary>Always <c>published</c> in public answers. More may be added.</summary>
    public string PublicationStatus { get; init; } = Catalogue.Published;

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two, plain text; empty when there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>The text as sanitised HTML.</summary>
    [BodyMember, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyHtml { get; init; }

    /// <summary>The text without markup.</summary>
    [BodyMember, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyText { get; init; }

    /// <summary>Language tag (BCP 47).</summary>
    public required string Language { get; init; }

    /// <summary>When it was last changed (RFC 3339, UTC).</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Lead picture.</summary>
    public required Image? Image { get; init; }

    /// <summary>Metadata for search engines and link previews.</summary>
    public required Seo Seo { get; init; }

    /// <summary>The headings of the body, in order.</summary>
    public required IReadOnlyList<Heading> Toc { get; init; }

    /// <summary>The parent page; null at the top level.</summary>
    public required SitePageRef? Parent { get; init; }

    /// <summary>The path to it from the site's root, including itself.</summary>
    public required IReadOnlyList<Breadcrumb> Breadcrumbs { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}

/// <summary>A page, as other pages refer to it.</summary>
internal sealed record SitePageRef
{
    /// <summary>Always <c>page</c>.</summary>
    public string Resource { get; } = "page";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Its slug.</summary>
    public required string Slug { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }
}
