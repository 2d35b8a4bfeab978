namespace Api.Contracts;

/// <summary>A picture with its available sizes.</summary>
internal sealed record Image
{
    /// <summary>Absolute URL of the picture in full size.</summary>
    public required string Url { get; init; }

    /// <summary>Alternative text; empty for a decorative picture.</summary>
    public required string Alt { get; init; }

    /// <summary>Text to show below it.</summary>
    public required string? Caption { get; init; }

    /// <summary>Credit line: who made the picture.</summary>
    public required string? Credit { get; init; }

    /// <summary>Pixels; null when not known.</summary>
    public required int? Width { get; init; }

    /// <summary>Pixels; null when not known.</summary>
    public required int? Height { get; init; }

    /// <summary>The same picture in other sizes, the smallest first.</summary>
    public required IReadOnlyList<Rendition> Renditions { get; init; }
}

/// <summary>A picture in one size.</summary>
internal sealed record Rendition
{
    /// <summary>Absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Media type, such as <c>image/webp</c>.</summary>
    public required string MediaType { get; init; }
}
