using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Markup;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Body;

/// <summary>
/// Texts and pictures of an Elementor page. Elementor stores the page in a custom field and usually, but not always, a copy in the text:
/// <c>[{"elType":"container","settings":{…},"elements":[{"elType":"widget","widgetType":"heading","settings":{"title":…}}]}]</c>.
/// </summary>
internal sealed class ElementorText(WordPressNotes notes, HiddenParts parts)
{
    public const string Field = "_elementor_data";

    /// <summary>
    /// The field that is <c>builder</c> while the page is edited with Elementor: the page data stays when an editor switches back to
    /// WordPress's own editor.
    /// </summary>
    public const string ModeField = "_elementor_edit_mode";

    /// <summary>Whether the page has parts that are not public but are included in the copy in the text.</summary>
    public static bool Hides(WxrItem item)
    {
        if (
            item.MetaValue(ModeField) != "builder"
            || item.MetaValue(Field) is not { Length: > 2 } page
            || !(
                page.Contains("\"hide_desktop\"", StringComparison.Ordinal)
                || page.Contains("\"e_display_conditions\"", StringComparison.Ordinal)
            )
        )
            return false;
        var parts = new HiddenParts();
        return new ElementorText(new WordPressNotes(), parts).Read(page) is not null && parts.Describe() is not null;
    }

    // PHP does not parse deeper JSON either.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    // Forms, lists of other posts, and references to templates.
    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "form",
        "login",
        "posts",
        "archive-posts",
        "loop-grid",
        "loop-carousel",
        "portfolio",
        "nav-menu",
        "mega-menu",
        "search",
        "search-form",
        "sidebar",
        "template",
        "global",
        "google_maps",
        "share-buttons",
        "post-comments",
        "post-navigation",
        "post-info",
        "author-box",
        "sitemap",
        "countdown",
    };

    private static readonly string[] Rows =
    [
        "tabs",
        "icon_list",
        "slides",
        "features_list",
        "price_list",
        "social_icon_list",
        "testimonials",
    ];
    private static readonly string[] Pictures = ["image", "testimonial_image", "graphic_image", "wp_gallery", "carousel", "gallery"];
    private static readonly string[] Titles = ["title", "title_text", "heading", "tab_title", "item_title", "title_text_a", "alert_title"];
    private static readonly string[] Texts =
    [
        "sub_heading",
        "price",
        "editor",
        "tab_content",
        "html",
        "shortcode",
        "content",
        "testimonial_content",
        "description_text",
        "description",
        "item_description",
        "description_text_a",
        "title_text_b",
        "description_text_b",
        "alert_description",
        "blockquote_content",
        "item_text",
        "inner_text",
        "ending_number",
    ];
    private static readonly string[] Sources = ["testimonial_name", "testimonial_job", "author_name", "name"];
    private static readonly string[] Films = ["youtube_url", "vimeo_url", "dailymotion_url", "hosted_url", "external_url"];

    private readonly StringBuilder html = new();

    /// <summary>The page as HTML; null when the field cannot be read.</summary>
    public string? Read(string json)
    {
        try
        {
            using var page = JsonDocument.Parse(json, Options);
            AddAll(page.RootElement);
            return HtmlTags.WithoutComments(this.html.ToString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not valid Unicode.
            return null;
        }
    }

    private void AddAll(JsonElement? elements)
    {
        foreach (var element in Each(elements))
            Add(element);
    }

    private void Add(JsonElement element)
    {
        var settings = element.Get("settings") ?? default;
        if (Limit(settings) is { } limit)
        {
            parts.Add($"element of Elementor ({limit})", element.GetRawText());
            return;
        }
        var type = Text(element, "widgetType");
        if (
            Lists.Contains(type)
            || type.StartsWith("wp-widget-", StringComparison.Ordinal)
            || type.StartsWith("woocommerce", StringComparison.Ordinal)
        )
            notes.Count($"Elementor's '{type}' left out: WordPress fills it only when it shows the page");
        else if (type.Length > 0)
            AddWidget(type, settings);
        // The labels of nested tabs and accordions are in a list beside the panels, in the same order.
        var labels = Each(settings.Get("items")).Select(item => Text(item, "item_title")).ToList();
        foreach (var (inner, i) in Each(element.Get("elements")).Select((inner, i) => (inner, i)))
        {
            this.html.Append(i < labels.Count ? Heading(labels[i], "h3", "") : "");
            Add(inner);
        }
    }

    private void AddWidget(string type, JsonElement settings)
    {
        var before = this.html.Length;
        if (settings.Get("__dynamic__") is { ValueKind: JsonValueKind.Object } looked && looked.EnumerateObject().Any())
            notes.Count($"Elementor's '{type}' shown without what it looks up");
        AddWords(type, settings);
        foreach (var row in Rows.SelectMany(name => Each(settings.Get(name))))
            AddWords(type, row);
        if (
            this.html.Length == before
            && type is not ("spacer" or "divider" or "menu-anchor" or "icon" or "nested-tabs" or "nested-accordion")
        )
            notes.Count($"Elementor's '{type}' left out: it has no words that are known");
    }

    private void AddWords(string type, JsonElement settings)
    {
        foreach (
            var picture in Pictures.SelectMany(name =>
                settings.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : Of(settings.Get(name))
            )
        )
            if (Text(picture, "url") is { Length: > 0 } source)
                this.html.Append(
                        CultureInfo.InvariantCulture,
                        $"<figure><img src=\"{WebUtility.HtmlEncode(source)}\" alt=\"{WebUtility.HtmlEncode(Text(picture, "alt"))}\">"
                    )
                    .Append(
                        Known(settings, "caption") is { Length: > 0 } caption
                            ? $"<figcaption>{caption}</figcaption></figure>\n"
                            : "</figure>\n"
                    );
        var address = Text(settings, "link", "url");
        var button = Known(settings, "button_text") is { Length: > 0 } given ? given : Known(settings, "button");
        var level =
            Text(settings, "header_size") is { Length: 2 } size && size[0] == 'h' ? size
            : Text(settings, "title_size") is { Length: 2 } other && other[0] == 'h' ? other
            : type == "heading" ? "h2"
            : "h3";
        this.html.Append(
            Heading(
                Titles.Select(name => Known(settings, name)).FirstOrDefault(title => title.Length > 0) ?? "",
                level,
                button.Length > 0 ? "" : address
            )
        );
        foreach (var film in Films)
            if (
                (Text(settings, film) is { Length: > 0 } plain ? plain : Text(settings, film, "url")) is { Length: > 0 } source
                && type == "video"
            )
                this.html.Append(WordPressMedia.Block(source, playFiles: true)).Append('\n');
        // The text of a button, or of an entry of a list.
        this.html.Append(Line(Link(Known(settings, "text"), address)));
        foreach (var text in Texts.Select(name => Known(settings, name)).Where(text => text.Length > 0))
            this.html.Append(text.Contains('<', StringComparison.Ordinal) ? text + "\n" : Line(text));
        this.html.Append(Line(string.Join(", ", Sources.Select(name => Known(settings, name)).Where(source => source.Length > 0))))
            .Append(Line(Link(button, address)));
    }

    // Elements hidden on some screens are public, unless they are hidden on all screens.
    private static string? Limit(JsonElement settings) =>
        Text(settings, "hide_desktop").Length > 0 && Text(settings, "hide_tablet").Length > 0 && Text(settings, "hide_mobile").Length > 0
            ? "hidden on every screen"
        : settings.Get("e_display_conditions") is { } conditions
        && conditions.GetRawText() is not ("\"\"" or "[]" or "\"[]\"" or "[[]]" or "null")
            ? "shown under conditions"
        : null;

    private static string Heading(string title, string level, string address) =>
        title.Length == 0 ? "" : $"<{level}>{Link(title, address)}</{level}>\n";

    private static string Line(string html) => html.Length == 0 ? "" : $"<p>{html}</p>\n";

    private static string Link(string text, string address) =>
        text.Length == 0 || address is "" or "#" ? text : $"<a href=\"{WebUtility.HtmlEncode(address)}\">{text}</a>";

    // A setting that Elementor replaces by a dynamic value is not shown.
    private static string Known(JsonElement settings, string name) =>
        settings.Get("__dynamic__")?.Get(name) is null ? Text(settings, name) : "";

    private static string Text(JsonElement json, params ReadOnlySpan<string> path) => json.Get(path)?.Scalar().Trim() ?? "";

    private static JsonElement.ArrayEnumerator Each(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray() : default;

    private static IEnumerable<JsonElement> Of(JsonElement? one) => one is { } json ? [json] : [];
}
