using System.Globalization;
using System.Text.RegularExpressions;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Attachments;

/// <summary>The media library: compact records by number, so that posts can refer to pictures that come later in the file.</summary>
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
        "jpg",
        "jpeg",
        "png",
        "gif",
        "webp",
        "avif",
        "svg",
        "bmp",
        "tif",
        "tiff",
        "heic",
    };

    private readonly Dictionary<string, KeptAttachment> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeptAttachment> documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeptAttachment> lastByParent = new(StringComparer.Ordinal);

    private Dictionary<string, Attachment>? library;
    private readonly HashSet<string> withheld = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    /// <summary>Attachments that are private or in the trash: no item shows them.</summary>
    public int Withheld => withheld.Count;

    /// <summary>True for such an attachment.</summary>
    public bool IsWithheld(string id) => withheld.Contains(id);

    /// <summary>The media type of a document by its file name extension; null for any other file.</summary>
    public static string? MediaTypeOf(string extension) => MediaTypes.GetValueOrDefault(extension);

    public void Add(WxrItem item)
    {
        Count++;
        var url = item.AttachmentUrl.Length > 0 ? item.AttachmentUrl : item.Guid;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return;
        // Other attachments ("inherit") are as public as the item to which they were uploaded.
        if (item.Field("status") is "private" or "trash" or "draft")
        {
            withheld.Add(item.Field("post_id"));
            return;
        }
        var details = item.MetaValue("_wp_attachment_metadata");
        var size = Size().Match(details);
        var attachment = new Attachment(
            url,
            PlainText.Of(item.MetaValue("_wp_attachment_image_alt"), LineLimits.Line),
            PlainText.Of(item.Excerpt, 2_000),
            PlainText.Of(item.Title, LineLimits.Title),
            size.Success ? Number(size.Groups[1]) : null,
            size.Success ? Number(size.Groups[2]) : null,
            Path.GetExtension(address.AbsolutePath).TrimStart('.')
        )
        {
            Bytes = BytesOf(item),
            Artist = PlainText.Of(Artist().Match(details).Groups[1].Value, 200),
            Album = PlainText.Of(Album().Match(details).Groups[1].Value, 200),
        };
        var kept = new KeptAttachment(attachment);
        byId.TryAdd(item.Field("post_id"), kept);
        if (attachment.MediaType is not null)
            documents.TryAdd(attachment.Url, kept);
        if (item.Field("post_parent") is not ({ Length: > 0 } parent and not "0"))
            return;
        kept.Follow(lastByParent.GetValueOrDefault(parent));
        lastByParent[parent] = kept;
    }

    /// <summary>The picture with this number; null when the export has none.</summary>
    public Attachment? FindPicture(string id) => FindFile(id) is { } found && Pictures.Contains(found.Extension) ? found : null;

    /// <summary>The file with this number, of any kind; null when the export has none or it is not public.</summary>
    public Attachment? FindFile(string id) => byId.GetValueOrDefault(id)?.Open();

    /// <summary>The picture with this number or URL; for a smaller size made by WordPress, the full size if the library has it.</summary>
    public Attachment? FindPhoto(string picture) =>
        Uri.TryCreate(picture, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? Library.GetValueOrDefault(picture)
                ?? Library.GetValueOrDefault(Smaller().Replace(picture, "$1"))
                ?? Library.GetValueOrDefault(Smaller().Replace(picture, "-scaled$1"))
                ?? new Attachment(address.AbsoluteUri, "", "", "", null, null, Path.GetExtension(address.AbsolutePath).TrimStart('.'))
            : FindPicture(picture);

    /// <summary>The pictures that were uploaded to a post, in the order of the file.</summary>
    public IEnumerable<Attachment> PicturesOf(string postId) => Of(postId).Where(a => Pictures.Contains(a.Extension));

    /// <summary>The document at this address; null when the export has none.</summary>
    public Attachment? FindDocument(string url) => documents.GetValueOrDefault(url)?.Open();

    /// <summary>The documents that were uploaded to a post, in the order of the file.</summary>
    public IEnumerable<Attachment> DocumentsOf(string postId) => Of(postId).Where(a => a.MediaType is not null);

    private Dictionary<string, Attachment> Library =>
        library ??= byId
            .Values.Select(kept => kept.Open())
            .Where(a => Pictures.Contains(a.Extension))
            .DistinctBy(a => a.Url)
            .ToDictionary(a => a.Url, StringComparer.Ordinal);

    private static long? BytesOf(WxrItem item)
    {
        var text = item.MetaValue("_wp_attachment_filesize") is { Length: > 0 } given
            ? given
            : FileSize().Match(item.MetaValue("_wp_attachment_metadata")).Groups[1].Value;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes : null;
    }

    private IEnumerable<Attachment> Of(string postId) => lastByParent.GetValueOrDefault(postId)?.All.Select(kept => kept.Open()) ?? [];

    private static int? Number(Group digits) =>
        int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    [GeneratedRegex("""-[0-9]{1,5}x[0-9]{1,5}(\.[A-Za-z]{3,5})$""")]
    private static partial Regex Smaller();

    // Output of PHP's serialize(); the first pair is the full size, followed by the sizes made from it.
    [GeneratedRegex("""s:5:"width";i:(\d{1,6});s:6:"height";i:(\d{1,6});""")]
    private static partial Regex Size();

    // For audio files. PHP does not escape quotes within a text.
    [GeneratedRegex("""s:6:"artist";s:\d{1,4}:"(.{0,500}?)";""", RegexOptions.Singleline)]
    private static partial Regex Artist();

    [GeneratedRegex("""s:5:"album";s:\d{1,4}:"(.{0,500}?)";""", RegexOptions.Singleline)]
    private static partial Regex Album();

    // The first value belongs to the file itself; those of its sizes follow.
    [GeneratedRegex("""s:8:"filesize";i:(\d{1,12});""")]
    private static partial Regex FileSize();
}
