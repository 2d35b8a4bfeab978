using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;

namespace Api.Import.WordPress;

/// <summary>
/// The documents of an item: those in its custom fields, those in its File blocks, wherever they were uploaded, then those that were
/// uploaded to it.
/// </summary>
internal static partial class WordPressFiles
{
    /// <summary>The <c>files</c> member, each URL once. Documents named only in a hidden part of the text are not included.</summary>
    public static JsonArray Of(
        IEnumerable<(Attachment File, string Label)> named,
        WordPressText text,
        WordPressPost post,
        WordPressAttachments attachments
    )
    {
        var files = named
            .Concat(InBlocks(text.Html, attachments))
            .Concat(attachments.DocumentsOf(post.PostId).Where(a => !text.Hides(a)).Select(a => (File: a, Label: a.Title)));
        return new JsonArray([.. files.DistinctBy(f => f.File.Url).Take(LineLimits.Files).Select(f => ToFile(f.File, f.Label))]);
    }

    // The first link of the block names the file; the second is a button.
    private static IEnumerable<(Attachment File, string Label)> InBlocks(string html, WordPressAttachments attachments) =>
        Block()
            .Matches(html)
            .Select(block => Link().Match(block.Groups[1].Value))
            .Where(link => link.Success)
            .Select(link =>
                (File: Find(WebUtility.HtmlDecode(link.Groups[1].Value), attachments), Label: PlainText.Of(link.Groups[2].Value, 500))
            )
            .Where(f => f.File is not null)
            .Select(f => (f.File!, f.Label.Length > 0 ? f.Label : f.File!.Title));

    private static Attachment? Find(string address, WordPressAttachments attachments) =>
        attachments.FindDocument(address) is { } known ? known
        : Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new Attachment(address, "", "", "", null, null, Path.GetExtension(url.AbsolutePath).TrimStart('.'))
        : null;

    private static JsonObject ToFile(Attachment file, string label)
    {
        var line = new JsonObject
        {
            ["url"] = file.Url,
            ["label"] = label.Length > 0 ? label : Uri.UnescapeDataString(Path.GetFileName(file.Url)),
            ["mediaType"] = file.MediaType,
        };
        if (file.Bytes is { } bytes)
            line["bytes"] = bytes;
        return line;
    }

    [GeneratedRegex("""<div\b[^>]*\bclass="[^"]*\bwp-block-file\b[^"]*"[^>]*>(.{0,8000}?)</div>""", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("""<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex Link();
}
