using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Api.Import.WordPress.Attachments;

/// <summary>A file of the media library.</summary>
/// <param name="Url">Absolute URL.</param>
/// <param name="Alt">Description of a picture (alt text); empty when there is none.</param>
/// <param name="Caption">Caption; empty without one.</param>
/// <param name="Title">Title in the media library.</param>
/// <param name="Width">Pixels; null when unknown.</param>
/// <param name="Height">Pixels; null when unknown.</param>
/// <param name="Extension">File name extension, without the dot.</param>
internal sealed record Attachment(string Url, string Alt, string Caption, string Title, int? Width, int? Height, string Extension)
{
    /// <summary>File size in bytes; null when unknown.</summary>
    public long? Bytes { get; init; }

    /// <summary>Artist of an audio file; empty when the file has none.</summary>
    public string Artist { get; init; } = "";

    /// <summary>Album of an audio file; empty when the file has none.</summary>
    public string Album { get; init; } = "";

    /// <summary>Media type of a document; null for pictures and unknown types.</summary>
    public string? MediaType => WordPressAttachments.MediaTypeOf(Extension);

    /// <summary>The picture with its caption, as HTML.</summary>
    public string ToFigure()
    {
        var size = this is { Width: { } width, Height: { } height }
            ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"")
            : "";
        var caption = Caption.Length > 0 ? $"<figcaption>{WebUtility.HtmlEncode(Caption)}</figcaption>" : "";
        return $"<figure><img src=\"{WebUtility.HtmlEncode(Url)}\" alt=\"{WebUtility.HtmlEncode(Alt)}\"{size}>{caption}</figure>\n";
    }

    /// <summary>The picture as an <c>image</c> member.</summary>
    public JsonObject ToImage() =>
        new()
        {
            ["url"] = Url,
            ["alt"] = Alt,
            ["caption"] = Caption.Length > 0 ? Caption : null,
            ["width"] = Width,
            ["height"] = Height,
        };
}
