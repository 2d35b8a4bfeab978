using Api.Import.WordPress.Body;
using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Fields;

/// <summary>The fields of an item that are read: an allow-list, so that e-mail addresses and secrets of plugins are not.</summary>
internal static class WxrFields
{
    private static readonly HashSet<string> Kept =
    [
        "post_id",
        "post_name",
        "post_type",
        "post_parent",
        "post_password",
        "post_date",
        "post_date_gmt",
        "post_modified",
        "post_modified_gmt",
        "status",
        "menu_order",
        "is_sticky",
    ];

    private static readonly HashSet<string> KeptMeta =
    [
        "_thumbnail_id",
        "_wp_attachment_image_alt",
        "_wp_attachment_metadata",
        "_wp_old_slug",
        "_menu_item_type",
        "_menu_item_menu_item_parent",
        "_menu_item_object_id",
        "_menu_item_object",
        "_menu_item_url",
        WordPressTranslations.LanguageField,
        WordPressTranslations.GroupField,
        "cap-user_login",
        "cap-display_name",
        "cap-first_name",
        "cap-last_name",
        "cap-description",
        "cap-website",
        "cap-linked_account",
        "_fl_builder_enabled",
        ElementorText.ModeField,
    ];

    // Term fields of PublishPress Authors, and the location fields of Modern Events Calendar.
    private static readonly HashSet<string> KeptTermMeta =
    [
        "first_name",
        "last_name",
        "description",
        "user_url",
        "avatar",
        "user_id",
        "address",
    ];

    public static bool IsKept(string name) => Kept.Contains(name);

    public static bool IsKeptMeta(string key) => KeptMeta.Contains(key) || SeoFields.IsKnown(key) || LimitedPosts.IsKnown(key);

    /// <summary>Fields whose texts may be as long as a body.</summary>
    public static bool IsText(string key) => key is WordPressCoreFootnotes.Field or ElementorText.Field;

    /// <summary>True for a field that a block may show. As in WordPress, blocks cannot show fields whose names begin with "_".</summary>
    public static bool IsShown(string key, WxrItem item) => key.Length > 0 && key[0] != '_' && item.ShowsFields;

    public static bool IsKeptTermMeta(string key) => KeptTermMeta.Contains(key);
}
