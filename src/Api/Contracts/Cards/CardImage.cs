namespace Api.Contracts.Cards;

/// <summary>A picture in one size, on a card.</summary>
/// <param name="Url">Absolute URL.</param>
/// <param name="Alt">Alternative text; empty for a decorative picture.</param>
/// <param name="Width">Pixels; null when not known.</param>
/// <param name="Height">Pixels; null when not known.</param>
internal sealed record CardImage(string Url, string Alt, int? Width, int? Height)
{
    // Enough for a card on a phone, and for one of three columns on a desktop screen.
    private const int LeastWidth = 480;

    /// <summary>The smallest rendition that is at least 480 pixels wide, else the largest size there is; null for no picture.</summary>
    public static CardImage? Of(Image? image)
    {
        if (image is null)
            return null;
        var renditions = image.Renditions.OrderBy(rendition => rendition.Width).ToList();
        var chosen =
            renditions.Find(rendition => rendition.Width >= LeastWidth)
            ?? (image.Width is { } full ? renditions.LastOrDefault(rendition => rendition.Width > full) : null);
        return chosen is null
            ? new CardImage(image.Url, image.Alt, image.Width, image.Height)
            : new CardImage(chosen.Url, image.Alt, chosen.Width, chosen.Height);
    }
}
