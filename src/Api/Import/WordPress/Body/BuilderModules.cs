using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;

namespace Api.Import.WordPress.Body;

/// <summary>HTML that a module of a page builder shows before and after its content.</summary>
/// <param name="Head">HTML before the content: pictures, headings.</param>
/// <param name="Tail">HTML after the content: the author of a quotation, buttons.</param>
internal readonly record struct BuilderModule(string Head, string Tail);

/// <summary>
/// Shortcodes of page builders, which store headings, pictures and buttons in attributes: Divi 4 (<c>et_pb_…</c>), WPBakery (<c>vc_…</c>),
/// and builders and shortcode collections with the same format.
/// </summary>
internal sealed partial class BuilderModules(WordPressAttachments attachments, WordPressNotes notes)
{
    private const int MostPictures = 200;

    // Modules that show nothing but their content, whatever their settings.
    private static readonly HashSet<string> Frames = new(StringComparer.OrdinalIgnoreCase)
    {
        "et_pb_section",
        "et_pb_row",
        "et_pb_row_inner",
        "et_pb_column",
        "et_pb_column_inner",
        "et_pb_text",
        "et_pb_code",
        "et_pb_fullwidth_code",
        "et_pb_divider",
        "et_pb_line_break_holder",
        "vc_section",
        "vc_row",
        "vc_row_inner",
        "vc_column",
        "vc_column_inner",
        "vc_column_text",
        "vc_empty_space",
        "vc_separator",
        "vc_icon",
    };

    private static readonly string[] Pictures =
    [
        "src",
        "image",
        "image_url",
        "image_id",
        "header_image_url",
        "logo_image_url",
        "portrait_url",
        "images",
        "gallery_ids",
    ];
    private static readonly string[] Titles = ["title", "heading", "text", "h2", "name", "primary_title", "question"];
    private static readonly string[] Lines = ["subhead", "subtitle", "h4", "position", "number", "percent", "price", "description"];
    private static readonly string[] Sources = ["author", "job_title", "company_name"];
    private static readonly (string Text, string Address)[] Buttons =
    [
        ("button_text", "button_url"),
        ("button_text", "button_link"),
        ("button_one_text", "button_one_url"),
        ("button_two_text", "button_two_url"),
        ("btn_title", "btn_link"),
        ("linktext", "link"),
    ];
    private static readonly string[] ButtonAddresses = ["button_url", "url", "link", "href"];
    private static readonly string[] ButtonTexts = ["button_text", "title", "text"];
    private static readonly string[] Films = ["src", "link", "audio", "src_webm"];

    /// <summary>True for a name that only page builders use.</summary>
    public static bool IsPart(string name) => Names().IsMatch(name);

    /// <summary>The HTML of a module; null when the shortcode is not one.</summary>
    /// <param name="name">Name of the shortcode.</param>
    /// <param name="attributes">The attributes as written.</param>
    public BuilderModule? Of(string name, string attributes)
    {
        if (!IsPart(name) && !Like().IsMatch(name))
            return null;
        if (Frames.Contains(name))
            return default(BuilderModule);
        if (Lists().IsMatch(name))
        {
            notes.Count($"shortcode [{name}] left out: WordPress fills it only when it shows the page");
            return default(BuilderModule);
        }
        var all = ShortcodeAttributes.Read(attributes);
        var module =
            ButtonLike().IsMatch(name) ? Button(all)
            : FilmLike().IsMatch(name) ? new BuilderModule(Title(all) + Film(all), "")
            : Module(all);
        if (module is { Head.Length: 0, Tail.Length: 0 } && IsPart(name) && attributes.Contains("dynamic", StringComparison.Ordinal))
            notes.Count($"shortcode [{name}] left out: its words come from elsewhere");
        return module;
    }

    private BuilderModule Module(Dictionary<string, string> all)
    {
        var head = new StringBuilder();
        foreach (var picture in Pictures.SelectMany(name => PicturesIn(all, name)).Take(MostPictures))
            head.Append(picture);
        head.Append(Title(all));
        foreach (var line in Lines.Select(name => Text(all, name)).Where(line => line.Length > 0))
            head.Append("<p>").Append(line).Append("</p>\n");
        var source = string.Join(", ", Sources.Select(name => Text(all, name)).Where(text => text.Length > 0));
        var tail = new StringBuilder(source.Length > 0 ? $"<p>{source}</p>\n" : "");
        foreach (var (text, address) in Buttons)
            tail.Append(Link(Text(all, text), Address(all, address)) is { Length: > 0 } link ? $"<p>{link}</p>\n" : "");
        return new(Apart(head), Apart(tail));
    }

    // [et_pb_button button_text button_url], [vc_btn title link], [su_button url]text[/su_button].
    private static BuilderModule Button(Dictionary<string, string> all)
    {
        var address = ButtonAddresses.Select(name => Address(all, name)).FirstOrDefault(found => found.Length > 0) ?? "";
        var text = ButtonTexts.Select(name => Text(all, name)).FirstOrDefault(found => found.Length > 0) ?? "";
        return text.Length > 0 ? new(Apart(new($"<p>{Link(text, address)}</p>")), "")
            : address.Length > 0 ? new($"<a href=\"{WebUtility.HtmlEncode(address)}\">", "</a>")
            : default;
    }

    private static string Title(Dictionary<string, string> all)
    {
        var title = Titles.Select(name => Text(all, name)).FirstOrDefault(found => found.Length > 0) ?? "";
        if (title.Length == 0)
            return "";
        var level = Level()
            .Match(
                string.Join(
                    ' ',
                    all.GetValueOrDefault("header_level"),
                    all.GetValueOrDefault("title_level"),
                    all.GetValueOrDefault("font_container"),
                    all.GetValueOrDefault("size")
                )
            );
        var name = level.Success ? level.Value : "h3";
        return $"<{name}>{(all.GetValueOrDefault("url") is { Length: > 0 } ? Link(title, Address(all, "url")) : title)}</{name}>\n";
    }

    private static string Film(Dictionary<string, string> all) =>
        Films.Select(name => Address(all, name)).FirstOrDefault(found => found.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            is { } address
            ? $"\n\n{WordPressMedia.Block(address, playFiles: true)}\n\n"
            : "";

    private IEnumerable<string> PicturesIn(Dictionary<string, string> all, string name)
    {
        if (!all.TryGetValue(name, out var value) || value.Length == 0)
            return [];
        var alt = WebUtility.HtmlEncode(WebUtility.HtmlDecode(Text(all, all.ContainsKey("alt") ? "alt" : "image_alt")));
        return value.Contains("//", StringComparison.Ordinal) || value[0] == '/'
            ? [$"<figure><img src=\"{WebUtility.HtmlEncode(WebUtility.HtmlDecode(value))}\" alt=\"{alt}\"></figure>\n"]
            : value
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(attachments.FindPicture)
                .OfType<Attachment>()
                .Select(picture => picture.ToFigure());
    }

    private static string Link(string text, string address) =>
        text.Length == 0 ? ""
        : address.Length == 0 ? text
        : $"<a href=\"{WebUtility.HtmlEncode(address)}\">{text}</a>";

    // WPBakery: "url:https%3A%2F%2Fsite.example%2F|title:Read|target:_blank".
    private static string Address(Dictionary<string, string> all, string name)
    {
        var value = WebUtility.HtmlDecode(Text(all, name));
        if (value.StartsWith("url:", StringComparison.Ordinal))
            value = Uri.UnescapeDataString(value[4..].Split('|')[0]);
        return value is "" or "#" || value.StartsWith('|') ? "" : value;
    }

    // The escapes for quotes and brackets that Divi and WPBakery use, and placeholders for values that Divi looks up.
    private static string Text(Dictionary<string, string> all, string name) =>
        all.GetValueOrDefault(name) is not { Length: > 0 } value
            ? ""
            : LookedUp()
                .Replace(value, "")
                .Replace("%22", "\"", StringComparison.Ordinal)
                .Replace("%91", "[", StringComparison.Ordinal)
                .Replace("%93", "]", StringComparison.Ordinal)
                .Replace("`{`", "[", StringComparison.Ordinal)
                .Replace("`}`", "]", StringComparison.Ordinal)
                .Replace("``", "\"", StringComparison.Ordinal)
                .Trim();

    private static string Apart(StringBuilder html) =>
        html.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n\n{html}\n\n");

    [GeneratedRegex("^(?:et_pb_|vc_|fusion_|mk_|av_)[a-z0-9_-]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Names();

    // Shortcode collections of themes and plugins.
    [GeneratedRegex("^(?:su_[a-z_]+|(?:[a-z]+[_-])?button|btn|tab|toggle|accordion[_-]item|spoiler)$", RegexOptions.IgnoreCase)]
    private static partial Regex Like();

    [GeneratedRegex("button[0-9]?$|btn[0-9]?$", RegexOptions.IgnoreCase)]
    private static partial Regex ButtonLike();

    [GeneratedRegex("video|audio|youtube|vimeo", RegexOptions.IgnoreCase)]
    private static partial Regex FilmLike();

    // Forms and lists of other posts.
    [GeneratedRegex(
        "form|field|signup|login|search|comments|sidebar|_menu$|blog|portfolio|post_|_shop|_wc_|_grid|posts|^vc_wp_|map|flickr|_chart|social_media|twitter|facebook|pinterest",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Lists();

    [GeneratedRegex("h[1-6]", RegexOptions.IgnoreCase)]
    private static partial Regex Level();

    [GeneratedRegex("@ET-DC@[A-Za-z0-9+/=]*@")]
    private static partial Regex LookedUp();
}
