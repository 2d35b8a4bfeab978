namespace Api.Contracts.Lists;

/// <summary>What a search found.</summary>
internal sealed record SearchHit : IIdentified
{
    /// <summary><c>article</c>, <c>expert</c>, <c>topic</c> or <c>event</c>; more may come.</summary>
    public required string Resource { get; init; }

    /// <summary>Immutable identifier, a URN.</summary>
    public required string Id { get; init; }

    /// <summary>Its address within its collection.</summary>
    public required string Slug { get; init; }

    /// <summary>Title of an article or event, name of an expert or topic.</summary>
    public required string Title { get; init; }

    /// <summary>Its page for people, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>A piece of the text as HTML: escaped, the words that were found in <c>mark</c> elements, nothing else. May be empty.</summary>
    public required string Snippet { get; init; }

    /// <summary>How well it answers: the higher the better, to be compared within one search only.</summary>
    public required double Score { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}
