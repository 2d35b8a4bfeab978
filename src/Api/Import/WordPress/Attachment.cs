using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Api.Import.WordPress;

/// <summary>A file of the media library.</summary>
/// <param name="Url">Absolute URL.</param>
/// <param name="Alt">What a picture shows; empty when nobody wrote it.</param>
/// <param name="Caption">Text to show below it; empty without one.</param>
/// <param name="Title">Name in the library.</param>
/// <param name="Width">Pixels; null when not known.</param>
/// <param name="Height">Pixels; null when not known.</param>
/// <param name="Extension">End of the file name, without the dot.</param>
internal sealed record Attachment(string Url, string Alt, string Caption, string Title, int? Width, int? Height, string Extension)
{
    /// <summary>Size of the file; null when not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Who is heard in a sound; empty when the file does not say.</summary>
    public string Artist { get; init; } = "";

    /// <summary>What a sound is part of; empty when the file does not say.</summary>
    public string Album { get; init; } = "";

    /// <summary>Of a document; null for pictures and what is not known.</summary>
    public string? MediaType => WordPressAttachments.MediaTypeOf(Extension);

    /// <summary>A picture with its caption, HTML.</summary>
    public string ToFigure()
    {
        var size = this is { Width: { } width, Height: { } height } ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"") : "";
        var caption = Caption.Length > 0 ? $"<figcaption>{WebUtility.HtmlEncode(Caption)}</figcaption>" : "";
        return $"<figure><img src=\"{WebUtility.HtmlEncode(Url)}\" alt=\"{WebUtility.HtmlEncode(Alt)}\"{size}>{caption}</figure>\n";
    }

    /// <summary>As an <c>image</c> member.</summary>
    public JsonObject ToImage() => new()
    {
        ["url"] = Url,
        ["alt"] = Alt,
        ["caption"] = Caption.Length > 0 ? Caption : null,
        ["width"] = Width,
        ["height"] = Height,
    };
}
