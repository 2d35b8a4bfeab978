using System.Globalization;
using System.Text.Json;
using Api.Import.WordPress.Body;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>
/// Turns JSON of the REST API into parts of an export. Only the members named here are kept: no e-mail address, no password.
/// </summary>
internal static class LiveNodes
{
    private const int ShortText = 20_000;

    private static readonly string[] SoundWords = ["artist", "album"];

    /// <summary>A user. Visitors do not see the login; the slug of the author archive is derived from it.</summary>
    public static WxrAuthor Author(JsonElement user) =>
        new(
            user.Id,
            user.Text("id"),
            user.Text("username") is { Length: > 0 } login ? login : user.Text("slug"),
            user.Text("name"),
            user.Text("first_name"),
            user.Text("last_name")
        )
        {
            Biography = Limited(user.Text("description")),
            Website = user.Text("url"),
            // Only editors see given and family names.
            Unknown = user.Member("first_name") is null ? ["givenName", "familyName", "photo"] : ["photo"],
        };

    /// <summary>A term, with the number of its parent term.</summary>
    public static WxrTerm Term(string taxonomy, JsonElement term) =>
        new(term.Id, taxonomy, term.Text("id"), term.Text("slug"), term.Text("name"), term.Text("parent"), term.Text("description"));

    /// <summary>A post, a page or an item of a custom post type.</summary>
    /// <param name="type">Its post type.</param>
    /// <param name="taxonomies">The taxonomies of the post type.</param>
    /// <param name="names">Names for the numbers of users and terms.</param>
    /// <param name="languages">The languages of the site.</param>
    /// <param name="customFields">Names of the custom fields to keep.</param>
    /// <param name="json">The item.</param>
    public static WxrItem Item(
        string type,
        IReadOnlyList<LiveTaxonomy> taxonomies,
        LiveNames names,
        LiveLanguages languages,
        IReadOnlySet<string> customFields,
        JsonElement json
    )
    {
        var item = Any(type, names, json);
        var content = json.Member("content");
        item.Content = content?.Member("raw") is not null ? json.Written("content") : Finished(json.Written("content"));
        item.Excerpt = Limited(
            json.Member("excerpt")?.Member("raw") is not null
                ? json.Written("excerpt")
                : LiveExcerpts.ByHand(json.Written("excerpt"), json.Written("content"))
        );
        // The password is never requested; that there is one makes the text private.
        if (content?.IsTrue("protected") == true)
        {
            item.Fields["post_password"] = "yes";
            if (item.Content.Length == 0)
                item.Unknown.Add("bodyHtml");
        }
        if (json.IsTrue("sticky"))
            item.Fields["is_sticky"] = "1";
        if (json.Text("featured_media") is { Length: > 0 } picture and not "0")
            item.Meta.Add(("_thumbnail_id", picture));
        foreach (var taxonomy in taxonomies)
            item.Terms.AddRange(json.Numbers(taxonomy.Base).Select(names.Term).OfType<WxrItemTerm>());
        if (
            new[] { json.Text("lang"), json.Text("wpml_current_locale"), languages.Of(item.Link) }.FirstOrDefault(text =>
                text is { Length: > 0 }
            ) is
            { } language
        )
            item.Terms.Add(new WxrItemTerm("language", language, language));
        if (TranslationsOf(json) is { } group)
            item.Terms.Add(new WxrItemTerm(WordPressTranslations.Taxonomy, group, group));
        if (languages.AreSeveral && json.Member("translations") is null && json.Member("wpml_translations") is null)
            item.Unknown.Add("translations");
        if (languages.AreSeveral && WordPressTranslations.LanguageOf(item) is null)
            item.Unknown.Add("language");
        item.Unknown.AddRange(["primaryTopic", "seo.title"]);
        if (LiveExcerpts.MayBeByHand(json))
            item.Unknown.Add("summary");
        if (json.Member("yoast_head_json") is not { } seo || !LiveSeo.IsOf(seo, item.Link))
            item.Unknown.AddRange(["canonicalUrl", "seo.description", "seo.noindex"]);
        else
            LiveSeo.Add(item, seo, LiveExcerpts.MadeByTheSite(json));
        LiveFields.Add(item, json.Member("meta"), customFields);
        item.HasShownFields = json.Member("meta") is { ValueKind: JsonValueKind.Object };
        LiveFields.Add(item, json.Member("acf"), customFields);
        return item;
    }

    /// <summary>A file of the media library.</summary>
    public static WxrItem Attachment(LiveNames names, JsonElement json)
    {
        var item = Any("attachment", names, json);
        item.AttachmentUrl = json.Text("source_url");
        item.Excerpt = Limited(
            json.Member("caption")?.Member("raw") is not null
                ? json.Written("caption")
                : LiveExcerpts.ByHand(json.Written("caption"), json.Written("description"))
        );
        item.Fields["post_parent"] = json.Text("post");
        item.Meta.Add(("_wp_attachment_image_alt", json.Text("alt_text")));
        if (json.Member("media_details") is not { } details)
            return item;
        // The format of an export: PHP's serialize().
        var size = details.Text("width") is { Length: > 0 } width
            ? $"""s:5:"width";i:{width};s:6:"height";i:{details.Text("height")};"""
            : "";
        var words = string.Concat(
            SoundWords
                .Where(name => details.Text(name).Length > 0)
                .Select(name => $"""s:{name.Length}:"{name}";s:0:"{details.Text(name)}";""")
        );
        if (size.Length + words.Length > 0)
            item.Meta.Add(("_wp_attachment_metadata", size + words));
        if (details.Text("filesize") is { Length: > 0 } bytes)
            item.Meta.Add(("_wp_attachment_filesize", bytes));
        return item;
    }

    /// <summary>An entry of a menu.</summary>
    public static WxrItem MenuItem(LiveNames names, JsonElement json)
    {
        var item = new WxrItem(json.Id, 0) { Title = Limited(json.Written("title")) };
        item.Fields["post_id"] = json.Text("id");
        item.Fields["post_type"] = "nav_menu_item";
        item.Fields["status"] = json.Text("status");
        item.Fields["menu_order"] = json.Text("menu_order");
        var type = json.Text("type");
        item.Meta.Add(("_menu_item_type", type));
        item.Meta.Add(("_menu_item_menu_item_parent", json.Text("parent")));
        item.Meta.Add(("_menu_item_object_id", json.Text("object_id")));
        item.Meta.Add(("_menu_item_object", json.Text("object")));
        item.Meta.Add(("_menu_item_url", type is "post_type" or "taxonomy" ? "" : json.Text("url")));
        item.Terms.AddRange(json.Numbers("menus").Select(names.Term).OfType<WxrItemTerm>());
        return item;
    }

    private static WxrItem Any(string type, LiveNames names, JsonElement json)
    {
        var item = new WxrItem(json.Id, 0)
        {
            Title = Limited(json.Written("title")),
            Link = json.Text("link"),
            Guid = PlainText.Of(json.Written("guid")),
            Creator = names.Login(json.Text("author")),
        };
        item.Fields["post_id"] = json.Text("id");
        item.Fields["post_type"] = type;
        item.Fields["post_name"] = json.Text("slug");
        item.Fields["post_parent"] = json.Text("parent");
        item.Fields["status"] = json.Text("status") is { Length: > 0 } status ? status : "publish";
        item.Fields["menu_order"] = json.Text("menu_order");
        item.Fields["post_date"] = json.Text("date");
        item.Fields["post_date_gmt"] = json.Text("date_gmt");
        item.Fields["post_modified"] = json.Text("modified");
        item.Fields["post_modified_gmt"] = Modified(json, item.Field("status"));
        return item;
    }

    // Drafts have no GMT dates. WordPress then computes them: the creation date with the UTC offset of its own day, but the time of change
    // with the offset of today, which differs by summer time.
    private static string Modified(JsonElement json, string status) =>
        status is "draft" or "pending"
        && Date(json, "date") is { } local
        && Date(json, "date_gmt") is { } utc
        && Date(json, "modified") is { } modified
            ? (modified + (utc - local)).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
            : json.Text("modified_gmt");

    private static DateTime? Date(JsonElement json, string name) =>
        DateTime.TryParseExact(json.Text(name), "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    // Polylang Pro: {"en": 1, "fr": 2}; WPML REST API: [{"locale": "fr_FR", "id": 2}]. The group is named by its lowest number.
    private static string? TranslationsOf(JsonElement json)
    {
        var ids =
            json.Member("translations") is { ValueKind: JsonValueKind.Object } all
                ? all.EnumerateObject()
                    .Where(t => t.Value.ValueKind == JsonValueKind.Number && t.Value.TryGetInt32(out _))
                    .Select(t => t.Value.GetInt32())
                    .ToList()
            : json.Member("wpml_translations") is { ValueKind: JsonValueKind.Array } others
                ? [.. others.EnumerateArray().Select(t => t.Id).Append(json.Id).Where(id => id > 0).Distinct()]
            : [];
        return ids.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"group-{ids.Min()}") : null;
    }

    /// <summary>Rendered text already has its paragraphs: wrapped in a block it does not get others.</summary>
    public static string Finished(string html) =>
        html.Trim().Length == 0 ? "" : $"<!-- wp:{RenderedBlocks.Name} -->\n{html}\n<!-- /wp:{RenderedBlocks.Name} -->";

    /// <summary>A text limited in length, trimmed.</summary>
    public static string Limited(string text) => (text.Length > ShortText ? text[..ShortText] : text).Trim();
}
