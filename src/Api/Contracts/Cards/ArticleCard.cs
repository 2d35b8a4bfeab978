namespace Api.Contracts.Cards;

/// <summary>An article as a teaser shows it.</summary>
internal sealed record ArticleCard : IIdentified
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
    public required string PublicationStatus { get; init; }

    /// <summary>The type of the article.</summary>
    public required CardType Type { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two, plain text, after 300 characters cut at a word with <c>…</c>; empty when there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>Language tag (BCP 47), such as <c>en</c> or <c>pt-BR</c>.</summary>
    public required string Language { get; init; }

    /// <summary>When it was published (RFC 3339, UTC).</summary>
    public required DateTime PublishedAt { get; init; }

    /// <summary>The day of <c>publishedAt</c> in the site's time zone.</summary>
    public required DateOnly PublishedDate { get; init; }

    /// <summary>The byline as text to show, such as "By A and B" or "Featuring C"; empty when nobody is named.</summary>
    public required string Byline { get; init; }

    /// <summary>At most three of its topics, the primary topic first.</summary>
    public required IReadOnlyList<CardTopic> Topics { get; init; }

    /// <summary>The outlet a media item appeared in.</summary>
    public required CardSource? Source { get; init; }

    /// <summary>Lead picture.</summary>
    public required CardImage? Image { get; init; }

    /// <summary>The card of an article.</summary>
    public static ArticleCard Of(Article article) =>
        new()
        {
            Id = article.Id,
            Slug = article.Slug,
            Url = article.Url,
            Path = article.Path,
            PublicationStatus = article.PublicationStatus,
            Type = CardType.Of(article.Type),
            Title = article.Title,
            Summary = CardText.Of(article.Summary),
            Language = article.Language,
            PublishedAt = article.PublishedAt,
            PublishedDate = article.PublishedDate,
            Byline = article.Byline,
            Topics = CardTopic.Of(article.PrimaryTopic is { } primary ? [primary, .. article.Topics] : article.Topics),
            Source = article.Source is { } source ? new CardSource(source.Slug, source.Name) : null,
            Image = CardImage.Of(article.Image),
        };
}

/// <summary>The type of an article, on a card.</summary>
/// <param name="Slug">The value that the <c>type</c> filter takes.</param>
/// <param name="Label">Text to show, such as "Op-ed".</param>
internal sealed record CardType(string Slug, string Label)
{
    /// <summary>The type without its id.</summary>
    public static CardType Of(ArticleTypeRef type) => new(type.Slug, type.Label);
}

/// <summary>The outlet a media item appeared in, on a card.</summary>
/// <param name="Slug">The value that the <c>source</c> filter takes.</param>
/// <param name="Name">The outlet's name.</param>
internal sealed record CardSource(string Slug, string Name);
