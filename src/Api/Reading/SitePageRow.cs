using Api.Contracts;
using Api.Contracts.Site;
using Api.Http.Site;
using Api.Reading.Shapes;

namespace Api.Reading;

/// <summary>A row of <c>delivery.pages</c>.</summary>
internal sealed record SitePageRow
{
    /// <summary>The columns of a row without texts, from <c>delivery.pages p</c>.</summary>
    public const string Columns = """
        p.item_id, p.id, p.slug, p.updated_at, p.title, p.summary, p.language, p.image, p.seo, p.toc, p.ancestor_ids, p.ancestor_slugs, p.ancestor_titles, p.shown_status
        """;

    /// <summary>The columns of a row with texts.</summary>
    public const string ColumnsWithBody = Columns + ", p.body_html, p.body_text";

    public int ItemId { get; init; }
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public DateTime UpdatedAt { get; init; }
    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string? BodyHtml { get; init; }
    public string? BodyText { get; init; }
    public string Language { get; init; } = "";
    public string? Image { get; init; }
    public string Seo { get; init; } = "";
    public string Toc { get; init; } = "";
    public Guid[] AncestorIds { get; init; } = [];
    public string[] AncestorSlugs { get; init; } = [];
    public string[] AncestorTitles { get; init; } = [];

    /// <summary>Its <c>publicationStatus</c>.</summary>
    public string ShownStatus { get; init; } = "";

    /// <summary>Converts the row into the public shape.</summary>
    public SitePage ToPage(Links links) =>
        new()
        {
            Id = Urn.Of(Id),
            Slug = Slug,
            PublicationStatus = ShownStatus,
            Url = links.PageUrl("page", Slug),
            Path = links.PagePath("page", Slug),
            Title = Title,
            Summary = Summary,
            BodyHtml = BodyHtml,
            BodyText = BodyText,
            Language = Language,
            UpdatedAt = UpdatedAt,
            Image = Stored.Image(Image),
            Seo = Stored.Seo(Seo),
            Toc = Stored.List<Heading>(Toc),
            Parent = AncestorIds is [.., var id]
                ? new SitePageRef
                {
                    Id = Urn.Of(id),
                    Slug = AncestorSlugs[^1],
                    Title = AncestorTitles[^1],
                    Url = links.PageUrl("page", AncestorSlugs[^1]),
                    Path = links.PagePath("page", AncestorSlugs[^1]),
                }
                : null,
            Breadcrumbs =
            [
                .. AncestorSlugs
                    .Append(Slug)
                    .Zip(
                        AncestorTitles.Append(Title),
                        (slug, title) => new Breadcrumb(title, slug, links.PageUrl("page", slug), links.PagePath("page", slug))
                    ),
            ],
            Links = new SelfLink(links.Self("page", Slug)),
        };
}
