using System.Net;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Embeds the content of a URL, as WordPress does for a URL on its own line: players for video and audio, otherwise a link.
/// </summary>
internal static partial class WordPressMedia
{
    private static readonly string[] Sounds = [".mp3", ".m4a", ".ogg", ".oga", ".wav", ".flac"];
    private static readonly string[] Films = [".mp4", ".m4v", ".webm", ".ogv", ".mov"];

    /// <summary>A block of HTML.</summary>
    /// <param name="url">Absolute http or https address, without entities.</param>
    /// <param name="playFiles">True to play an audio or video file in the page, false to link it.</param>
    public static string Block(string url, bool playFiles = false) =>
        Frame(url) ?? (playFiles ? Player(url) : null) ?? $"<p>{Link(url)}</p>";

    private static string Link(string url)
    {
        var encoded = WebUtility.HtmlEncode(url);
        return $"<a href=\"{encoded}\">{encoded}</a>";
    }

    private static string? Frame(string url)
    {
        if (YouTube().Match(url) is { Success: true } film)
            return $"<figure><iframe src=\"https://www.youtube-nocookie.com/embed/{film.Groups[1].Value}\" title=\"YouTube\" width=\"560\" height=\"315\" allowfullscreen></iframe></figure>";
        return Vimeo().Match(url) is { Success: true } other
            ? $"<figure><iframe src=\"https://player.vimeo.com/video/{other.Groups[1].Value}\" title=\"Vimeo\" width=\"560\" height=\"315\" allowfullscreen></iframe></figure>"
            : null;
    }

    /// <summary>A player for the URL of a file; null for any other URL.</summary>
    public static string? Player(string url)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.AbsolutePath : "";
        var element =
            Sounds.Any(Ends) ? "audio"
            : Films.Any(Ends) ? "video"
            : null;
        return element is null ? null : $"<figure><{element} src=\"{WebUtility.HtmlEncode(url)}\" controls></{element}></figure>";

        bool Ends(string end) => path.EndsWith(end, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(
        @"^https?://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/|live/)|youtu\.be/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex YouTube();

    [GeneratedRegex(@"^https?://(?:www\.)?vimeo\.com/(?:video/)?([0-9]{4,12})(?:[/?#]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Vimeo();
}
