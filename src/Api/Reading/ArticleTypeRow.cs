using Api.Contracts;
using Api.Http.Site;
using Api.Reading.Shapes;

namespace Api.Reading;

/// <summary>A row of <c>delivery.article_types</c>.</summary>
internal sealed record ArticleTypeRow
{
    /// <summary>The columns of a row, from <c>delivery.article_types t</c>.</summary>
    public const string Columns = "t.item_id, t.id, t.slug, t.label, t.plural_label, t.article_count";

    public int ItemId { get; init; }
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public string Label { get; init; } = "";
    public string PluralLabel { get; init; } = "";
    public int ArticleCount { get; init; }

    /// <summary>Converts the row into the public shape.</summary>
    public ArticleType ToType(Links links) =>
        new()
        {
            Id = Urn.Of(Id),
            Slug = Slug,
            Label = Label,
            PluralLabel = PluralLabel,
            ArticleCount = ArticleCount,
            Links = new SelfLink(links.Self("articleType", Slug)),
        };
}
