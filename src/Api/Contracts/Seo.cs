namespace Api.Contracts;

/// <summary>Metadata for search engines and link previews.</summary>
internal sealed record Seo
{
    /// <summary>Title; null for the item's own.</summary>
    public string? Title { get; init; }

    /// <summary>Description; null for the item's summary.</summary>
    public string? Description { get; init; }

    /// <summary>Absolute URL of the preview picture; null for the item's own.</summary>
    public string? Image { get; init; }

    /// <summary>True when search engines are asked not to list the page.</summary>
    public bool Noindex { get; init; }
}
