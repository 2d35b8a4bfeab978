using System.Globalization;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Attachments;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Adds width and height to pictures of the media library that lack them, as WordPress does when it shows the page
/// (<c>wp_filter_content_tags</c>): so the page does not shift while they load. The class <c>wp-image-7</c> names the picture; the end of
/// its URL, such as <c>-300x200.png</c>, names a smaller size of it.
/// </summary>
internal static partial class PictureSizes
{
    /// <summary>The HTML with width and height added.</summary>
    public static string Add(string html, WordPressAttachments attachments) =>
        !html.Contains("wp-image-", StringComparison.Ordinal)
            ? html
            : Pictures()
                .Replace(
                    html,
                    picture =>
                    {
                        var tag = picture.Value;
                        if (
                            Size().IsMatch(tag)
                            || Source().Match(tag) is not { Success: true } source
                            || attachments.FindPicture(Number().Match(tag).Groups[1].Value) is not { } known
                        )
                            return tag;
                        var (width, height) =
                            source.Groups[1].Value == known.Url ? (known.Width, known.Height)
                            : Smaller().Match(source.Groups[1].Value) is { Success: true } smaller
                                ? (Of(smaller.Groups[1]), Of(smaller.Groups[2]))
                            : (null, null);
                        return width is null || height is null
                            ? tag
                            : string.Create(CultureInfo.InvariantCulture, $"<img width=\"{width}\" height=\"{height}\"{tag[4..]}");
                    }
                );

    private static int? Of(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<img\s[^>]{0,4000}?\bwp-image-[0-9]{1,12}[^>]{0,4000}>""", RegexOptions.IgnoreCase)]
    private static partial Regex Pictures();

    [GeneratedRegex("""\s(?:width|height)\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    [GeneratedRegex("""\bwp-image-([0-9]{1,12})\b""")]
    private static partial Regex Number();

    [GeneratedRegex("""\ssrc\s*=\s*["']([^"']+)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex("""-([0-9]{1,5})x([0-9]{1,5})\.[A-Za-z]{3,5}$""")]
    private static partial Regex Smaller();
}
