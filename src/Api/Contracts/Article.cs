using System.Text.Json.Serialization;

namespace Api.Contracts;

/// <summary>Something the organisation or one of its experts published.</summary>
internal sealed record Article : IIdentified
{
    /// <summary>Always <c>article</c>.</summary>
    public string Resource { get; } = "article";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the article. It may change; the API redirects (301) from an old slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The article's web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }

    /// <summary>Always <c>published</c> in public answers. More may be added.</summary>
    public string PublicationStatus { get; init; } = Catalogue.Published;

    /// <summary>When an embargo ends (RFC 3339, UTC); null in public answers.</summary>
    public DateTime? EmbargoUntil { get; init; }

    /// <summary>The canonical URL for search engines: <c>url</c>, unless the article appeared elsewhere first.</summary>
    public required string CanonicalUrl { get; init; }

    /// <summary>The type of the article.</summary>
    public required ArticleTypeRef Type { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Subtitle, plain text.</summary>
    public required string? Subtitle { get; init; }

    /// <summary>A sentence or two, plain text; empty when there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>The text as sanitised HTML: absolute URLs, headings from h2, no script or style.</summary>
    [BodyMember, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyHtml { get; init; }

    /// <summary>The text without markup.</summary>
    [BodyMember, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyText { get; init; }

    /// <summary>Language tag (BCP 47), such as <c>en</c> or <c>pt-BR</c>.</summary>
    public required string Language { get; init; }

    /// <summary>When it was published (RFC 3339, UTC).</summary>
    public required DateTime PublishedAt { get; init; }

    /// <summary>The day of <c>publishedAt</c> in the site's time zone.</summary>
    public required DateOnly PublishedDate { get; init; }

    /// <summary>When it was last changed (RFC 3339, UTC).</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Its primary topic; null for none.</summary>
    public required TopicRef? PrimaryTopic { get; init; }

    /// <summary>All its topics, in the editors' order.</summary>
    public required IReadOnlyList<TopicRef> Topics { get; init; }

    /// <summary>The people who wrote it or appear in it, in the editors' order.</summary>
    public required IReadOnlyList<ExpertRef> Experts { get; init; }

    /// <summary>The byline as text to show, such as "By A and B" or "Featuring C"; empty when nobody is named.</summary>
    public required string Byline { get; init; }

    /// <summary>The outlet a media item appeared in.</summary>
    public required Source? Source { get; init; }

    /// <summary>Lead picture.</summary>
    public required Image? Image { get; init; }

    /// <summary>Files to download, such as the report as PDF.</summary>
    public required IReadOnlyList<FileLink> Files { get; init; }

    /// <summary>Corrections made after publication, the oldest first.</summary>
    public required IReadOnlyList<Correction> Corrections { get; init; }

    /// <summary>The same text in other languages.</summary>
    public required IReadOnlyList<Translation> Translations { get; init; }

    /// <summary>Metadata for search engines and link previews.</summary>
    public required Seo Seo { get; init; }

    /// <summary>The headings of the body, in order.</summary>
    public required IReadOnlyList<Heading> Toc { get; init; }

    /// <summary>Reading time in minutes, at least 1, at 230 words a minute; 0 without a body.</summary>
    public required int ReadingMinutes { get; init; }

    /// <summary>Words in the body.</summary>
    public required int WordCount { get; init; }

    /// <summary>The terms for republishing it.</summary>
    public required License License { get; init; }

    /// <summary>Digital Object Identifier, such as <c>10.1234/abc</c>.</summary>
    public required string? Doi { get; init; }

    /// <summary>The publisher's number for it in a series of reports, such as <c>HI-2026-14</c>; null for none.</summary>
    public required string? ReportNumber { get; init; }

    /// <summary>The path to it from the site's root, through its primary topic.</summary>
    public required IReadOnlyList<Breadcrumb> Breadcrumbs { get; init; }

    /// <summary>True when the editors feature it.</summary>
    public required bool Featured { get; init; }

    /// <summary>Version number, from 1; it increases when the visible article changes.</summary>
    public required int Version { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}

/// <summary>The type of an article, as articles refer to it.</summary>
/// <param name="Id">Immutable identifier, a UUID as URN (RFC 9562).</param>
/// <param name="Slug">The value that the <c>type</c> filter takes.</param>
/// <param name="Label">Text to show, such as "Op-ed".</param>
internal sealed record ArticleTypeRef(string Id, string Slug, string Label);

/// <summary>The outlet a media item appeared in.</summary>
/// <param name="Slug">The value that the <c>source</c> filter takes.</param>
/// <param name="Name">The outlet's name.</param>
/// <param name="Url">The item at the outlet, absolute URL; null for none.</param>
internal sealed record Source(string Slug, string Name, string? Url);

/// <summary>A file to download.</summary>
/// <param name="Url">Absolute URL.</param>
/// <param name="Label">Text to show.</param>
/// <param name="MediaType">Media type, such as <c>application/pdf</c>.</param>
/// <param name="Bytes">Size in bytes; null when not known.</param>
internal sealed record FileLink(string Url, string Label, string MediaType, long? Bytes);

/// <summary>A correction made after publication.</summary>
/// <param name="At">When it was made (RFC 3339, UTC).</param>
/// <param name="TextHtml">Its text as sanitised HTML.</param>
internal sealed record Correction(DateTime At, string TextHtml);

/// <summary>The same text in another language.</summary>
/// <param name="Language">Language tag (BCP 47).</param>
/// <param name="Id">The immutable identifier of the other article, a UUID as URN (RFC 9562).</param>
/// <param name="Slug">Its slug.</param>
/// <param name="Url">Its web page, absolute URL.</param>
/// <param name="Path">The path for links within the site: <c>url</c> without the URL of the site.</param>
internal sealed record Translation(string Language, string Id, string Slug, string Url, string Path);

/// <summary>A heading of a body.</summary>
/// <param name="Id">The heading's id in the HTML: the fragment to link to.</param>
/// <param name="Text">Its text.</param>
/// <param name="Level">Heading level, 2 to 6.</param>
internal sealed record Heading(string Id, string Text, int Level);
