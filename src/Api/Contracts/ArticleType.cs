namespace Api.Contracts;

/// <summary>A type of article, such as op-ed, brief or report.</summary>
internal sealed record ArticleType : IIdentified
{
    /// <summary>Always <c>articleType</c>.</summary>
    public string Resource { get; } = "articleType";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>The value that the <c>type</c> filter takes.</summary>
    public required string Slug { get; init; }

    /// <summary>Text to show, such as "Op-ed".</summary>
    public required string Label { get; init; }

    /// <summary>Text to show for several articles, such as "Op-eds".</summary>
    public required string PluralLabel { get; init; }

    /// <summary>Number of published articles of the type.</summary>
    public required int ArticleCount { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}
