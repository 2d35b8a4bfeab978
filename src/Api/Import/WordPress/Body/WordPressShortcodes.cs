using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Shortcodes such as <c>[caption]</c>: those of WordPress become HTML; those of plugins are removed and their content stays. Words in
/// brackets that are not shortcodes, such as "[sic]", are text and stay.
/// </summary>
/// <param name="attachments">The media library.</param>
/// <param name="footnotes">Receives the notes between shortcodes.</param>
/// <param name="postId">Number of the item: a gallery without a list shows the pictures uploaded to it.</param>
/// <param name="notes">Counts the parts left out.</param>
internal sealed partial class WordPressShortcodes(
    WordPressAttachments attachments,
    WordPressFootnotes footnotes,
    string postId,
    WordPressNotes notes
)
{
    private const int MaxDepth = 4;

    // Shortcodes that occur without attributes and without an end tag, which only their name distinguishes from text.
    private static readonly HashSet<string> Bare = new(StringComparer.OrdinalIgnoreCase)
    {
        "gallery",
        "playlist",
        "toc",
        "contact-form",
        "contact-form-7",
        "sitemap",
        "recent-posts",
        "recent_posts",
        "latest-posts",
        "related-posts",
        "login-form",
        "mc4wp_form",
        "gravityform",
        "blog_subscription_form",
        "jetpack-related-posts",
        "sharethis",
        "addtoany",
        "caption",
        "wp_caption",
    };

    // Shortcodes that embed the content of a URL.
    private static readonly HashSet<string> Media = new(StringComparer.OrdinalIgnoreCase)
    {
        "embed",
        "audio",
        "video",
        "youtube",
        "vimeo",
        "soundcloud",
        "tweet",
        "wpvideo",
        "dailymotion",
        "ted",
    };

    // Footnotes inside a sentence: Easy Footnotes, Modern Footnotes, Pressbooks, Simple Footnotes, Footnotes.
    private static readonly HashSet<string> Footnotes = new(StringComparer.OrdinalIgnoreCase)
    {
        "efn_note",
        "mfn",
        "modern_footnote",
        "footnote",
        "ref",
        "fn",
        "note",
    };

    private static readonly string[] MediaAttributes = ["src", "mp4", "m4v", "webm", "ogv", "flv", "mp3", "m4a", "ogg", "wav", "url"];

    private readonly BuilderModules modules = new(attachments, notes);

    // Names of shortcodes that end somewhere in the text, and of those that have begun: blocks are rendered one by one, and a shortcode may
    // end in another block.
    private readonly HashSet<string> ending = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> begun = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Records which shortcodes have end tags.</summary>
    /// <param name="text">The whole text, of which parts are rendered.</param>
    public void Learn(string text) => ending.UnionWith(Ends().Matches(text).Select(end => end.Groups[1].Value));

    /// <summary>The text with its shortcodes rendered or removed.</summary>
    public string Render(string text) => Render(text, 0);

    private string Render(string text, int depth)
    {
        if (depth > MaxDepth || !text.Contains('[', StringComparison.Ordinal))
            return text;
        var lastEnds = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (Match end in Ends().Matches(text))
            lastEnds[end.Groups[1].Value] = end.Index;
        // HTML to add at the ends of open shortcodes.
        var opened = new Dictionary<string, Stack<string>>(StringComparer.OrdinalIgnoreCase);
        var html = new StringBuilder();
        var at = 0;
        while (Tags().Match(text, at) is { Success: true } tag)
        {
            html.Append(text, at, tag.Index - at);
            at = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value;
            if (tag.Groups["escape"].Success && tag.Value.EndsWith("]]", StringComparison.Ordinal))
                html.Append(tag.ValueSpan[1..^1]);
            else if (tag.Groups["end"].Success)
                html.Append(
                    opened.TryGetValue(name, out var tails)
                        ? tails.TryPop(out var tail)
                            ? tail
                            : ""
                        : IsEndOfOne(name)
                            ? ""
                            : tag.Value
                );
            else if (!IsShortcode(tag, lastEnds))
                html.Append(tag.Value);
            else
            {
                // "[[name]" and "[name]]": the outer bracket is text.
                var trailing = !tag.Groups["escape"].Success && tag.Value.EndsWith("]]", StringComparison.Ordinal);
                html.Append(tag.Groups["escape"].Success ? "[" : "");
                var inner = Enclosed(text, name, ref at, lastEnds, IsInSentence(html));
                if (inner is null)
                    opened.TryAdd(name, new Stack<string>());
                begun.Add(name);
                var attributes = tag.Groups["attributes"].Value;
                if (inner is null && modules.Of(name, attributes) is { } module)
                {
                    var isOpen = !attributes.EndsWith('/') && lastEnds.GetValueOrDefault(name, -1) >= at;
                    html.Append(module.Head).Append(isOpen ? "" : module.Tail);
                    if (isOpen)
                        opened[name].Push(module.Tail);
                }
                else
                    html.Append(Html(name, attributes.TrimEnd('/', ' '), inner, depth));
                html.Append(trailing ? "]" : "");
            }
        }
        return html.Append(text, at, text.Length - at).ToString();
    }

    private bool IsEndOfOne(string name) => Bare.Contains(name) || BuilderModules.IsPart(name) || begun.Contains(name);

    private bool IsShortcode(Match tag, Dictionary<string, int> lastEnds) =>
        Bare.Contains(tag.Groups["name"].Value)
        || tag.Groups["attributes"].Value.Contains('=', StringComparison.Ordinal)
        || BuilderModules.IsPart(tag.Groups["name"].Value)
        || (Media.Contains(tag.Groups["name"].Value) && tag.Groups["attributes"].Value.Contains("http", StringComparison.OrdinalIgnoreCase))
        || lastEnds.GetValueOrDefault(tag.Groups["name"].Value, -1) > tag.Index
        || ending.Contains(tag.Groups["name"].Value);

    // "[note]" is a footnote after a word, otherwise a box.
    private static bool IsInSentence(StringBuilder before) => before.Length > 0 && !char.IsWhiteSpace(before[^1]) && before[^1] != '>';

    // The content of a WordPress shortcode; null when it has no end tag, or is a plugin's shortcode, whose content is left in place.
    private static string? Enclosed(string text, string name, ref int at, Dictionary<string, int> lastEnds, bool inSentence)
    {
        var isWhole =
            name.ToLowerInvariant() is "caption" or "wp_caption" or "vc_raw_html" or "vc_raw_js"
            || Media.Contains(name)
            || Footnotes.Contains(name) && (inSentence || !name.Equals("note", StringComparison.OrdinalIgnoreCase));
        if (!isWhole || lastEnds.GetValueOrDefault(name, -1) < at)
            return null;
        var end = text.IndexOf($"[/{name}]", at, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            return null;
        var inner = text[at..end];
        at = end + name.Length + 3;
        return inner;
    }

    private string Html(string name, string attributes, string? inner, int depth)
    {
        switch (name.ToLowerInvariant())
        {
            case "caption" or "wp_caption" when inner is not null:
                return Caption(Render(inner, depth + 1), ShortcodeAttributes.Find(attributes, "caption"));
            case "playlist" when WordPressPlaylist.Of(ShortcodeAttributes.Find(attributes, "ids"), attachments) is { Length: > 0 } list:
                return $"\n\n{list}\n\n";
            case "gallery":
                return Gallery(attributes);
            case "vc_raw_html":
                return RawHtml(inner ?? "");
            case "vc_raw_js":
                return "";
            case var note when inner is not null && Footnotes.Contains(note):
                return footnotes.Add(Render(inner, depth + 1));
            case var media when Media.Contains(media):
                return Link(name, attributes, inner ?? "");
            default:
                notes.Count($"shortcode [{name}] taken out, what it encloses is kept");
                return inner ?? "";
        }
    }

    private static string Caption(string inner, string caption)
    {
        var parts = Picture().Match(inner);
        var (picture, text) = parts.Success ? (parts.Groups[1].Value, parts.Groups[2].Value.Trim()) : (inner.Trim(), "");
        if (text.Length == 0)
            text = caption;
        return $"\n\n<figure>{picture}{(text.Length > 0 ? $"<figcaption>{text}</figcaption>" : "")}</figure>\n\n";
    }

    // WPBakery: base64 of the output of a browser's encodeURIComponent.
    private string RawHtml(string inner)
    {
        var bytes = new byte[inner.Length];
        if (Convert.TryFromBase64String(inner.Trim(), bytes, out var length))
            return $"\n\n{HtmlTags.WithoutComments(Uri.UnescapeDataString(Encoding.UTF8.GetString(bytes, 0, length)))}\n\n";
        notes.Count("shortcode [vc_raw_html] left out: it cannot be read");
        return "";
    }

    private string Gallery(string attributes)
    {
        var list = ShortcodeAttributes.Find(attributes, "ids") is { Length: > 0 } ids
            ? ids
            : ShortcodeAttributes.Find(attributes, "include");
        var pictures =
            list.Length > 0
                ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(attachments.FindPicture)
                    .OfType<Attachment>()
                : attachments.PicturesOf(ShortcodeAttributes.Find(attributes, "id") is { Length: > 0 } id ? id : postId);
        var html = string.Concat(pictures.Take(200).Select(picture => picture.ToFigure()));
        if (html.Length == 0)
            notes.Count("[gallery] left out: its pictures are not in the file");
        return $"\n\n{html}\n\n";
    }

    private string Link(string name, string attributes, string inner)
    {
        var url =
            MediaAttributes
                .Select(a => ShortcodeAttributes.Find(attributes, a))
                .Append(inner.Trim())
                .FirstOrDefault(u => u.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            ?? Address().Match(attributes + " " + inner).Value;
        if (url.Length == 0)
        {
            notes.Count($"shortcode [{name}] left out: it names no address");
            return "";
        }
        var html = WordPressMedia.Block(WebUtility.HtmlDecode(url), playFiles: true);
        if (ShortcodeAttributes.Find(attributes, "poster") is { Length: > 0 } poster)
            html = html.Replace(
                "<video ",
                $"<video poster=\"{WebUtility.HtmlEncode(WebUtility.HtmlDecode(poster))}\" ",
                StringComparison.Ordinal
            );
        return $"\n\n{html}\n\n";
    }

    [GeneratedRegex(@"\[(?<escape>\[)?(?<end>/)?(?<name>[A-Za-z][A-Za-z0-9_-]{0,60})(?<attributes>(?:\s|=)[^\[\]]*|/)?\]\]?")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\[/([A-Za-z][A-Za-z0-9_-]{0,60})\]")]
    private static partial Regex Ends();

    [GeneratedRegex(@"^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)$", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex("""https?://[^\s"'<>\]]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
