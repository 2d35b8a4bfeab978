using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Removes parts of a rendered text that do not belong to it: lists of other posts, forms, copies of the item's own members, and what
/// plugins append to every text. They are recognised by the classes that WordPress gives its blocks. Content that is only visible with a
/// script becomes text.
/// </summary>
internal static partial class RenderedBlocks
{
    /// <summary>Name of the block in which a rendered text is wrapped here.</summary>
    public const string Name = "import/rendered";

    private const string Prefix = "wp-block-";
    private const string Length = "wp-block-playlist-track__length";
    private const string Artist = "<span class=\"wp-block-playlist-track__artist\">";

    // Sharing buttons and lists of related posts: Jetpack, AddToAny, YARPP. Error messages of unreadable feeds; durations in playlists.
    private static readonly HashSet<string> Additions = new(StringComparer.Ordinal)
    {
        "sharedaddy",
        "jp-relatedposts",
        "addtoany_share_save_container",
        "yarpp-related",
        "components-placeholder",
        Length,
    };

    /// <summary>The HTML without these parts.</summary>
    /// <param name="html">The HTML as the site renders it.</param>
    /// <param name="notes">Counts the removed parts; null if they are counted elsewhere.</param>
    public static string Cut(string html, WordPressNotes? notes)
    {
        StringBuilder? kept = null;
        var (at, from) = (0, 0);
        var last = html.LastIndexOf('>');
        while (HtmlTags.FindStart(html, from, last) is >= 0 and var start)
        {
            from = HtmlTags.FindEnd(html, start);
            var (name, isEnd) = HtmlTags.Name(html, start);
            if (!isEnd && HtmlTags.IsRaw(name))
                from = HtmlTags.FindElementEnd(html, from, name);
            else if (!isEnd && html.AsSpan(start, from - start).Contains("class=\"wp-playlist ", StringComparison.Ordinal))
            {
                from = HtmlTags.FindEndOf(html, from, last, name);
                (kept ??= new StringBuilder(html.Length))
                    .Append(html, at, start - at)
                    .Append(WordPressPlaylist.Rendered(html[start..from]));
                at = from;
            }
            else if (
                !isEnd
                && Classes().Match(html, start, from - start) is { Success: true } classes
                && classes.Groups[1].Value.Split(' ').FirstOrDefault(IsLeftOut) is { } found
            )
            {
                from = HtmlTags.FindEndOf(html, from, last, name);
                if (found != Length)
                    notes?.Count(
                        $"block '{(found.StartsWith(Prefix, StringComparison.Ordinal) ? found[Prefix.Length..] : found)}' left out: it shows other items, or a form"
                    );
                (kept ??= new StringBuilder(html.Length)).Append(html, at, start - at);
                at = from;
            }
        }
        if (html.Contains("wp-block-playlist-track__", StringComparison.Ordinal))
            notes?.Count("sounds of a playlist left out: the site shows their addresses to browsers only");
        html = kept is null ? html : kept.Append(html, at, html.Length - at).ToString();
        html = Counter().Replace(html, "$1$2$3");
        html = Film()
            .Replace(
                html,
                tag =>
                    WordPressMedia.Block(
                        WebUtility.HtmlDecode(tag.Groups[1].Value).Replace("\\/", "/", StringComparison.Ordinal),
                        playFiles: true
                    )
                        is { Length: > 0 } film
                        ? $"{film}\n{tag.Value}"
                        : tag.Value
            );
        return Instance().Replace(html.Replace(Artist, ", " + Artist, StringComparison.Ordinal), "");
    }

    private static bool IsLeftOut(string name) =>
        Additions.Contains(name)
        || name.StartsWith(Prefix, StringComparison.Ordinal)
            && name != "wp-block-post-content"
            && CoreBlocks.Of(name[Prefix.Length..]) is BlockWords.OfOthers or BlockWords.OfTheItem;

    // "talk.mp3?_=1": the number of the player on the page.
    [GeneratedRegex("""(?<=<(?:source|audio|video)\s[^<>]{0,2000}\ssrc=["'][^"'?<>]{1,2000})\?_=[0-9]{1,6}(?=["'])""")]
    private static partial Regex Instance();

    // Elementor counts up to a number by script; the page contains the start value.
    [GeneratedRegex("""(<span\s[^>]{0,1000}?\bdata-to-value=["']([^"'<>]{1,50})["'][^>]{0,1000}>)[^<]{0,50}(</span>)""")]
    private static partial Regex Counter();

    // Elementor creates players by script.
    [GeneratedRegex(
        """<div\s[^>]{0,1000}?\belementor-widget-video\b[^>]{0,1000}?&quot;(?:youtube|vimeo|dailymotion)_url&quot;:&quot;([^"<>]{1,500}?)&quot;[^>]{0,4000}>"""
    )]
    private static partial Regex Film();

    [GeneratedRegex("""\sclass\s*=\s*["']([^"']*)["']""", RegexOptions.IgnoreCase)]
    private static partial Regex Classes();
}
