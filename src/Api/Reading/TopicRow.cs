using Api.Contracts;
using Api.Http.Site;
using Api.Reading.Named;
using Api.Reading.Shapes;

namespace Api.Reading;

/// <summary>A row of <c>delivery.topics</c>.</summary>
internal sealed record TopicRow : INamedRow
{
    /// <summary>The columns of a row, from <c>delivery.topics x</c>.</summary>
    public const string Columns =
        "x.item_id, x.id, x.slug, x.name, x.kind, x.description, x.parent_id, x.featured, x.article_count, x.event_count, x.latest_at, x.shown_status";

    public int ItemId { get; init; }
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Description { get; init; } = "";
    public int? ParentId { get; init; }
    public bool Featured { get; init; }
    public int ArticleCount { get; init; }
    public int EventCount { get; init; }
    public DateTime? LatestAt { get; init; }

    /// <summary>The sequence of the last change of a name when the row was read.</summary>
    public long ReferenceSequence { get; init; }

    /// <summary>Its <c>publicationStatus</c>.</summary>
    public string ShownStatus { get; init; } = "";

    /// <summary>Converts the row into the public shape.</summary>
    public Topic ToTopic(ReferenceSet names, Links links) =>
        new()
        {
            Id = Urn.Of(Id),
            Slug = Slug,
            PublicationStatus = ShownStatus,
            Url = links.PageUrl("topic", Slug),
            Path = links.PagePath("topic", Slug),
            Name = Name,
            Kind = Kind,
            Description = Description,
            Parent = names.TopicRef(ParentId),
            Children = [.. names.TopicsBelow(ItemId).Select(topic => topic.Ref)],
            Breadcrumbs = names.Breadcrumbs(ItemId),
            Featured = Featured,
            ArticleCount = ArticleCount,
            EventCount = EventCount,
            LatestAt = LatestAt,
            Links = Subjects.LinksOf(links, "topic", Slug),
        };
}
