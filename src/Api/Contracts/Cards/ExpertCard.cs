namespace Api.Contracts.Cards;

/// <summary>An expert as a teaser shows them.</summary>
internal sealed record ExpertCard : IIdentified
{
    /// <summary>Always <c>expert</c>.</summary>
    public string Resource { get; } = "expert";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the expert. It may change; the API redirects (301) from an old slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The expert's web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }

    /// <summary>Always <c>published</c> in public answers. More may be added.</summary>
    public required string PublicationStatus { get; init; }

    /// <summary>Full name, in the order the person writes it.</summary>
    public required string Name { get; init; }

    /// <summary>Position, such as "Director, Asia Program".</summary>
    public required string? Title { get; init; }

    /// <summary>The organization they work for.</summary>
    public required string? Organization { get; init; }

    /// <summary>staff, fellow or contributor; more may be added.</summary>
    public required string Kind { get; init; }

    /// <summary>False for people who have left.</summary>
    public required bool Current { get; init; }

    /// <summary>Portrait.</summary>
    public required CardImage? Photo { get; init; }

    /// <summary>The card of an expert.</summary>
    public static ExpertCard Of(Expert expert) =>
        new()
        {
            Id = expert.Id,
            Slug = expert.Slug,
            Url = expert.Url,
            Path = expert.Path,
            PublicationStatus = expert.PublicationStatus,
            Name = expert.Name,
            Title = expert.Title,
            Organization = expert.Organization,
            Kind = expert.Kind,
            Current = expert.Current,
            Photo = CardImage.Of(expert.Photo),
        };
}
