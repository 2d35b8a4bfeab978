using Api.Contracts.Cards;

namespace Api.Contracts.Lists;

/// <summary>A search result.</summary>
internal sealed record SearchHit : IIdentified
{
    /// <summary><c>article</c>, <c>expert</c>, <c>topic</c> or <c>event</c>; more may be added.</summary>
    public required string Resource { get; init; }

    /// <summary>Immutable identifier, a URN.</summary>
    public required string Id { get; init; }

    /// <summary>Its slug.</summary>
    public required string Slug { get; init; }

    /// <summary>Title of an article or event, name of an expert or topic.</summary>
    public required string Title { get; init; }

    /// <summary>Its web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }

    /// <summary>The type of an article; null for other resources.</summary>
    public required CardType? Type { get; init; }

    /// <summary>
    /// The day an article was published, in the site's time zone, or the first day of an event, in that of the event; otherwise null.
    /// </summary>
    public required DateOnly? Date { get; init; }

    /// <summary>The byline of an article as text to show; null where nobody is named, and for other resources.</summary>
    public required string? Byline { get; init; }

    /// <summary>Lead picture or portrait.</summary>
    public required CardImage? Image { get; init; }

    /// <summary>An excerpt of the text as escaped HTML, with matches in <c>mark</c> elements and no other markup. May be empty.</summary>
    public required string Snippet { get; init; }

    /// <summary>Relevance, higher is better. Comparable within one search only.</summary>
    public required double Score { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}
