using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Markup;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Playlists of audio or video files: a block since WordPress 7.1, a shortcode before. Each entry becomes its text and a player.
/// </summary>
internal static partial class WordPressPlaylist
{
    private const int MostTracks = 200;

    private static readonly string[] Words = ["title", "artist", "album"];

    /// <summary>An entry; empty without a URL.</summary>
    /// <param name="source">Absolute URL.</param>
    /// <param name="words">Plain text: title, artist and album, as available.</param>
    public static string Track(string source, IEnumerable<string> words) =>
        source.Length == 0
            ? ""
            : $"<li>{WebUtility.HtmlEncode(string.Join(", ", words.Where(text => text.Length > 0)))}{WordPressMedia.Player(source) ?? Sound(source)}</li>";

    /// <summary>The playlist of a shortcode with attachment numbers; empty if the media library has none of them.</summary>
    public static string Of(string ids, WordPressAttachments attachments) =>
        List(
            ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(attachments.FindFile)
                .OfType<Attachment>()
                .Select(file => Track(file.Url, [file.Title, file.Artist, file.Album]))
        );

    /// <summary>The playlist that a site shows by script, from the JSON in the script; empty if it cannot be read.</summary>
    /// <param name="html">The element with the script.</param>
    public static string Rendered(string html)
    {
        if (Script().Match(html) is not { Success: true } script)
            return "";
        try
        {
            using var json = JsonDocument.Parse(script.Groups[1].Value);
            return json.RootElement.Get("tracks") is { ValueKind: JsonValueKind.Array } tracks
                ? List(
                    tracks
                        .EnumerateArray()
                        .Select(track =>
                            Track(
                                Text(track, "src"),
                                [
                                    Text(track, "title"),
                                    Text(track.Get("meta") ?? default, "artist"),
                                    Text(track.Get("meta") ?? default, "album"),
                                ]
                            )
                        )
                )
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    /// <summary>The entry of a block, from its settings.</summary>
    public static string Track(JsonElement settings) => Track(Text(settings, "src"), Words.Select(name => Text(settings, name)));

    private static string List(IEnumerable<string> tracks) =>
        string.Concat(tracks.Where(track => track.Length > 0).Take(MostTracks)) is { Length: > 0 } all ? $"<ol>{all}</ol>" : "";

    private static string Sound(string source) => $"<figure><audio src=\"{WebUtility.HtmlEncode(source)}\" controls></audio></figure>";

    private static string Text(JsonElement json, string name) => json.Get(name)?.Scalar().Trim() ?? "";

    [GeneratedRegex("""<script\b[^>]*\bwp-playlist-script\b[^>]*>(.*?)</script>""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Script();
}
