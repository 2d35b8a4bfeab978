using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Import.WordPress;

/// <summary>
/// Shortcodes such as <c>[caption]</c>: those of WordPress become HTML, those of plugins are taken out and what they enclose stays. Words in
/// brackets that are no shortcodes, "[sic]" above all, are text and stay.
/// </summary>
internal sealed partial class WordPressShortcodes(WordPressAttachments attachments, WordPressNotes notes)
{
    private const int MaxDepth = 4;

    // Shortcodes that occur without attributes and without an end, where only the name tells them from text.
    private static readonly HashSet<string> Bare = new(StringComparer.OrdinalIgnoreCase)
    {
        "gallery", "playlist", "toc", "contact-form", "contact-form-7", "sitemap", "recent-posts", "recent_posts", "latest-posts", "related-posts",
        "login-form", "mc4wp_form", "gravityform", "blog_subscription_form", "jetpack-related-posts", "sharethis", "addtoany", "caption", "wp_caption",
    };

    // Shortcodes that show what is at an address.
    private static readonly HashSet<string> Media = new(StringComparer.OrdinalIgnoreCase)
    {
        "embed", "audio", "video", "youtube", "vimeo", "soundcloud", "tweet", "wpvideo", "dailymotion", "ted",
    };

    private static readonly string[] MediaAttributes = ["src", "mp4", "m4v", "webm", "ogv", "flv", "mp3", "m4a", "ogg", "wav", "url"];

    public Func<string, string> Render(string postId) => text => Render(text, postId);

    /// <summary>The text with its shortcodes rendered or taken out.</summary>
    public string Render(string text, string postId, int depth = 0)
    {
        if (depth > MaxDepth || !text.Contains('[', StringComparison.Ordinal))
            return text;
        var lastEnds = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (Match end in Ends().Matches(text))
            lastEnds[end.Groups[1].Value] = end.Index;
        var opened = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
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
                html.Append(opened.Contains(name) || Bare.Contains(name) ? "" : tag.Value);
            else if (!IsShortcode(tag, lastEnds))
                html.Append(tag.Value);
            else
            {
                // "[[name]" and "[name]]": the outer bracket is text.
                var trailing = !tag.Groups["escape"].Success && tag.Value.EndsWith("]]", StringComparison.Ordinal);
                html.Append(tag.Groups["escape"].Success ? "[" : "");
                var inner = Enclosed(text, name, ref at, lastEnds);
                if (inner is null)
                    opened.Add(name);
                html.Append(Html(name, tag.Groups["attributes"].Value.TrimEnd('/', ' '), inner, postId, depth)).Append(trailing ? "]" : "");
            }
        }
        return html.Append(text, at, text.Length - at).ToString();
    }

    private static bool IsShortcode(Match tag, Dictionary<string, int> lastEnds) =>
        Bare.Contains(tag.Groups["name"].Value)
        || tag.Groups["attributes"].Value.Contains('=', StringComparison.Ordinal)
        || (Media.Contains(tag.Groups["name"].Value) && tag.Groups["attributes"].Value.Contains("http", StringComparison.OrdinalIgnoreCase))
        || lastEnds.GetValueOrDefault(tag.Groups["name"].Value, -1) > tag.Index;

    // What stands between a shortcode of WordPress and its end; null when it has none, or is a plugin's, whose inside is left in place.
    private static string? Enclosed(string text, string name, ref int at, Dictionary<string, int> lastEnds)
    {
        if (name.ToLowerInvariant() is not ("caption" or "wp_caption") && !Media.Contains(name) || lastEnds.GetValueOrDefault(name, -1) < at)
            return null;
        var end = text.IndexOf($"[/{name}]", at, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
            return null;
        var inner = text[at..end];
        at = end + name.Length + 3;
        return inner;
    }

    private string Html(string name, string attributes, string? inner, string postId, int depth)
    {
        switch (name.ToLowerInvariant())
        {
            case "caption" or "wp_caption" when inner is not null:
                return Caption(Render(inner, postId, depth + 1), Attribute(attributes, "caption"));
            case "gallery":
                return Gallery(attributes, postId);
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

    private string Gallery(string attributes, string postId)
    {
        var list = Attribute(attributes, "ids") is { Length: > 0 } ids ? ids : Attribute(attributes, "include");
        var pictures = list.Length > 0
            ? list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(attachments.FindPicture).OfType<Attachment>()
            : attachments.PicturesOf(Attribute(attributes, "id") is { Length: > 0 } id ? id : postId);
        var html = string.Concat(pictures.Take(200).Select(Figure));
        if (html.Length == 0)
            notes.Count("[gallery] left out: its pictures are not in the file");
        return $"\n\n{html}\n\n";
    }

    private static string Figure(Attachment picture)
    {
        var size = picture is { Width: { } width, Height: { } height } ? $" width=\"{width}\" height=\"{height}\"" : "";
        var caption = picture.Caption.Length > 0 ? $"<figcaption>{WebUtility.HtmlEncode(picture.Caption)}</figcaption>" : "";
        return $"<figure><img src=\"{WebUtility.HtmlEncode(picture.Url)}\" alt=\"{WebUtility.HtmlEncode(picture.Alt)}\"{size}>{caption}</figure>\n";
    }

    private string Link(string name, string attributes, string inner)
    {
        var url = MediaAttributes.Select(a => Attribute(attributes, a)).Append(inner.Trim()).FirstOrDefault(u => u.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            ?? Address().Match(attributes + " " + inner).Value;
        if (url.Length == 0)
        {
            notes.Count($"shortcode [{name}] left out: it names no address");
            return "";
        }
        return $"\n\n{WordPressMedia.Block(WebUtility.HtmlDecode(url), playFiles: true)}\n\n";
    }

    private static string Attribute(string attributes, string name)
    {
        foreach (Match attribute in Attributes().Matches(attributes))
            if (attribute.Groups[1].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
                return attribute.Groups[2].Value.Trim('"', '\'').Trim();
        return "";
    }

    [GeneratedRegex(@"\[(?<escape>\[)?(?<end>/)?(?<name>[A-Za-z][A-Za-z0-9_-]{0,60})(?<attributes>(?:\s|=)[^\[\]]*|/)?\]\]?")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\[/([A-Za-z][A-Za-z0-9_-]{0,60})\]")]
    private static partial Regex Ends();

    [GeneratedRegex("""([A-Za-z][A-Za-z0-9_-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"']+)""")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)$", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex("""https?://[^\s"'<>\]]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
