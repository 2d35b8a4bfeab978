using System.Text.Json;
using Api.Contracts;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads the <see cref="Image"/> of an item.</summary>
internal static class ImageReader
{
    private const int MaxPixels = 1_000_000;
    private const int MaxRenditions = 50;

    private static readonly string[] Sizes = ["width", "height"];

    /// <summary>The image of a member: an object, or its URL. Null when left out or invalid.</summary>
    public static ImageRow? Read(ObjectReader members, string member)
    {
        if (members.Value(member) is not { } value)
            return null;
        var image = value.ValueKind == JsonValueKind.String ? Bare(members, member) : Whole(members.Object(member));
        if (image is null)
            return null;
        var json = StoredJson.Of(image);
        return new(ItemId.OfContent("image", json), json);
    }

    private static Image? Bare(ObjectReader members, string member) =>
        members.Url(member) is { } url
            ? new Image
            {
                Url = url,
                Alt = "",
                Caption = null,
                Credit = null,
                Width = null,
                Height = null,
                Renditions = [],
            }
            : null;

    private static Image? Whole(ObjectReader? members)
    {
        if (members is null)
            return null;
        var url = members.RequiredUrl("url");
        var image = new Image
        {
            Url = url,
            Alt = members.Line("alt") ?? "",
            Caption = members.Line("caption", LineLimits.Summary),
            Credit = members.Line("credit"),
            Width = (int?)members.Number("width", 1, MaxPixels),
            Height = (int?)members.Number("height", 1, MaxPixels),
            Renditions = [.. members.Objects("renditions", MaxRenditions).Select(Rendition).OfType<Rendition>().OrderBy(r => r.Width)],
        };
        members.Finish();
        return url == "" ? null : image;
    }

    private static Rendition? Rendition(ObjectReader members)
    {
        var url = members.RequiredUrl("url");
        var width = members.Number("width", 1, MaxPixels);
        var height = members.Number("height", 1, MaxPixels);
        var mediaType = members.RequiredLine("mediaType", 100);
        members.Finish();
        foreach (var member in Sizes.Where(member => members.Value(member) is null))
            members.Reject(member, "is required");
        return width is null || height is null
            ? null
            : new()
            {
                Url = url,
                Width = (int)width,
                Height = (int)height,
                MediaType = mediaType,
            };
    }
}
