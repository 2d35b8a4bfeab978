using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress;

/// <summary>The media library: small records by number, so that posts can name pictures that come later in the file.</summary>
internal sealed partial class WordPressAttachments
{
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pdf"] = "application/pdf",
        ["epub"] = "application/epub+zip",
        ["csv"] = "text/csv",
        ["zip"] = "application/zip",
        ["doc"] = "application/msword",
        ["docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ["xls"] = "application/vnd.ms-excel",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ["ppt"] = "application/vnd.ms-powerpoint",
        ["pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    };

    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "heic",
    };

    private readonly Dictionary<string, Attachment> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Attachment> _documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Attachment>> _byParent = new(StringComparer.Ordinal);

    private Dictionary<string, Attachment>? _library;
    private readonly HashSet<string> _withheld = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    /// <summary>Those that are private or in the trash: they are shown nowhere.</summary>
    public int Withheld => _withheld.Count;

    /// <summary>True for one of those.</summary>
    public bool IsWithheld(string id) => _withheld.Contains(id);

    /// <summary>The media type of a document by the end of its name; null for any other file.</summary>
    public static string? MediaTypeOf(string extension) => MediaTypes.GetValueOrDefault(extension);

    public void Add(WxrItem item)
    {
        Count++;
        var url = item.AttachmentUrl.Length > 0 ? item.AttachmentUrl : item.Guid;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return;
        // The others are as public as what they were uploaded to: "inherit".
        if (item.Field("status") is "private" or "trash" or "draft")
        {
            _withheld.Add(item.Field("post_id"));
            return;
        }
        var details = item.MetaValue("_wp_attachment_metadata");
        var size = Size().Match(details);
        var attachment = new Attachment(
            url, PlainText.Of(item.MetaValue("_wp_attachment_image_alt"), 2_000), PlainText.Of(item.Excerpt, 2_000), PlainText.Of(item.Title, 500),
            size.Success ? Number(size.Groups[1]) : null, size.Success ? Number(size.Groups[2]) : null, Path.GetExtension(address.AbsolutePath).TrimStart('.'))
        {
            Bytes = BytesOf(item),
            Artist = PlainText.Of(Artist().Match(details).Groups[1].Value, 200),
            Album = PlainText.Of(Album().Match(details).Groups[1].Value, 200),
        };
        _byId.TryAdd(item.Field("post_id"), attachment);
        if (attachment.MediaType is not null)
            _documents.TryAdd(attachment.Url, attachment);
        if (item.Field("post_parent") is { Length: > 0 } parent and not "0")
            (_byParent.TryGetValue(parent, out var children) ? children : _byParent[parent] = []).Add(attachment);
    }

    /// <summary>The picture with this number; null when the export has none.</summary>
    public Attachment? FindPicture(string id) => _byId.GetValueOrDefault(id) is { } found && Pictures.Contains(found.Extension) ? found : null;

    /// <summary>The file with this number, of any kind; null when the export has none, or it is not public.</summary>
    public Attachment? FindFile(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The picture with this number, or at this address; of a smaller size that WordPress made, the whole one where the library has it.</summary>
    public Attachment? FindPhoto(string picture) => Uri.TryCreate(picture, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? Library.GetValueOrDefault(picture) ?? Library.GetValueOrDefault(Smaller().Replace(picture, "$1")) ?? Library.GetValueOrDefault(Smaller().Replace(picture, "-scaled$1")) ?? new Attachment(address.AbsoluteUri, "", "", "", null, null, Path.GetExtension(address.AbsolutePath).TrimStart('.'))
        : FindPicture(picture);

    /// <summary>The pictures that were uploaded to a post, in the order of the file.</summary>
    public IEnumerable<Attachment> PicturesOf(string postId) => Of(postId).Where(a => Pictures.Contains(a.Extension));

    /// <summary>The document at this address; null when the export has none.</summary>
    public Attachment? FindDocument(string url) => _documents.GetValueOrDefault(url);

    /// <summary>The documents that were uploaded to a post, in the order of the file.</summary>
    public IEnumerable<Attachment> DocumentsOf(string postId) => Of(postId).Where(a => a.MediaType is not null);

    private Dictionary<string, Attachment> Library => _library ??= _byId.Values.Where(a => Pictures.Contains(a.Extension)).DistinctBy(a => a.Url).ToDictionary(a => a.Url, StringComparer.Ordinal);

    private static long? BytesOf(WxrItem item)
    {
        var text = item.MetaValue("_wp_attachment_filesize") is { Length: > 0 } given ? given : FileSize().Match(item.MetaValue("_wp_attachment_metadata")).Groups[1].Value;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes : null;
    }

    private List<Attachment> Of(string postId) => _byParent.GetValueOrDefault(postId, []);

    private static int? Number(Group digits) =>
        int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    [GeneratedRegex("""-[0-9]{1,5}x[0-9]{1,5}(\.[A-Za-z]{3,5})$""")]
    private static partial Regex Smaller();

    // PHP's serialize(); the first pair is the full size, the sizes made from it follow.
    [GeneratedRegex("""s:5:"width";i:(\d{1,6});s:6:"height";i:(\d{1,6});""")]
    private static partial Regex Size();

    // Of sounds. PHP writes quotes within a text as they are.
    [GeneratedRegex("""s:6:"artist";s:\d{1,4}:"(.{0,500}?)";""", RegexOptions.Singleline)]
    private static partial Regex Artist();

    [GeneratedRegex("""s:5:"album";s:\d{1,4}:"(.{0,500}?)";""", RegexOptions.Singleline)]
    private static partial Regex Album();

    // The first one is that of the file itself; those of its sizes follow.
    [GeneratedRegex("""s:8:"filesize";i:(\d{1,12});""")]
    private static partial Regex FileSize();
}

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
