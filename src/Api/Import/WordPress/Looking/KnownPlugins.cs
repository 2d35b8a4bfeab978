namespace Api.Import.WordPress.Looking;

/// <summary>
/// Plugins that determine what a site's content is, with the traces by which they are recognised, and how their content is imported.
/// </summary>
/// <param name="Name">Name of the product.</param>
/// <param name="Traces">Prefixes of <see cref="SiteLook.Traces"/>.</param>
/// <param name="InFile">How its content is imported from an export.</param>
/// <param name="Live">How its content is imported from a running site; null if there is no difference.</param>
internal sealed record KnownPlugin(string Name, string[] Traces, string InFile, string? Live = null);

/// <summary>The plugins that are recognised.</summary>
internal static class KnownPlugins
{
    private const string Guarded = "posts it keeps for members by rules of its own are in no export as such: make them private first";

    public static readonly IReadOnlyList<KnownPlugin> All =
    [
        new(
            "Co-Authors Plus",
            ["type:guest-author", "field:cap-", "api:coauthors/"],
            "co-authors and guest authors come, with biographies, websites and pictures",
            "co-authors and guest authors come, with biographies and pictures; websites only by file"
        ),
        new(
            "PublishPress Authors",
            ["api:publishpress-authors", "field:ppma_", "field:_ppma", "type:ppma_"],
            "authors come, with biographies, websites and pictures"
        ),
        new(
            "Advanced Custom Fields",
            ["acf:", "api:acf/", "type:acf-", "type:acf_"],
            "fields come where a mapping file names them",
            "fields come where a mapping file names them and the field group is shown in the REST API"
        ),
        new(
            "Yoast SEO",
            ["api:yoast/", "field:_yoast_wpseo"],
            "titles, descriptions, original address, main topic and noindex come",
            "descriptions, original address and noindex come; titles and main topics only by file"
        ),
        new(
            "Rank Math",
            ["api:rankmath/", "field:rank_math"],
            "titles, descriptions, original address, main topic and noindex come",
            "only by file"
        ),
        new(
            "SEOPress",
            ["api:seopress/", "field:_seopress"],
            "titles, descriptions, original address, main topic and noindex come",
            "titles, descriptions, main topic and noindex come; the original address only by file"
        ),
        new("All in One SEO", ["api:aioseo/", "field:_aioseo"], "its texts are not read"),
        new(
            "Polylang",
            ["taxonomy:post_translations", "api:pll/"],
            "languages and translations come",
            "languages and translations come with Polylang Pro; else only by file"
        ),
        new(
            "WPML",
            ["api:wpml/", "api:otgs/", "field:_wpml"],
            "languages and translations come when WPML Export and Import has added them to the file",
            "the language that the site shows; with the plugin WPML REST API translations too"
        ),
        new(
            "The Events Calendar",
            ["type:tribe_events", "api:tribe/"],
            "events come, with venues, whole days and time zones; prices, tickets and recurrence do not"
        ),
        new(
            "Modern Events Calendar",
            ["type:mec-events", "api:mec/"],
            "events come, with places and speakers; tickets and recurrence do not",
            "only by file: it shows no dates"
        ),
        new(
            "Events Manager",
            ["type:event-recurring", "field:_event_start", "api:events-manager/"],
            "events come, with places; bookings do not",
            "only by file: it does not show its events"
        ),
        new("Divi", ["block:divi/", "shortcode:et_pb_", "type:et_pb_layout"], "texts, pictures and links come, the layout does not"),
        new(
            "Elementor",
            ["field:_elementor_data", "type:elementor_library", "api:elementor/"],
            "the plain copy of each text comes, the layout does not"
        ),
        new("WPBakery Page Builder", ["shortcode:vc_", "field:_wpb_"], "texts, pictures and links come, the layout does not"),
        new("Beaver Builder", ["field:_fl_builder", "api:fl-"], "the plain copy of each text comes, the layout does not"),
        new("Avada", ["shortcode:fusion_"], "texts, pictures and links come, the layout does not"),
        new("Contact Form 7", ["shortcode:contact-form-7", "type:wpcf7"], "forms do not come"),
        new("Gravity Forms", ["shortcode:gravityform", "block:gravityforms/", "api:gf/"], "forms do not come"),
        new("WPForms", ["shortcode:wpforms", "type:wpforms"], "forms do not come"),
        new("WooCommerce", ["type:product", "api:wc/"], "products and orders do not come"),
        new("MemberPress", ["type:memberpress", "shortcode:mepr", "api:mp/"], Guarded),
        new("Paid Memberships Pro", ["shortcode:pmpro", "block:pmpro/", "api:pmpro/"], Guarded),
        new("Restrict Content Pro", ["field:rcp_", "api:rcp/"], "posts it keeps for members come and are not shown"),
        new("Members", ["field:_members_access"], "posts it keeps for members come and are not shown"),
        new("TablePress", ["type:tablepress_table", "shortcode:table"], "tables do not come"),
        new(
            "Redirection",
            ["api:redirection/"],
            "its redirects do not come: export them there and import them as lines of the import format"
        ),
        new("Jetpack", ["api:jetpack/", "block:jetpack/"], "texts come; its forms, subscriptions and related posts do not"),
    ];

    /// <summary>The plugins of which a site shows traces.</summary>
    public static IEnumerable<KnownPlugin> In(SiteLook look) =>
        All.Where(plugin =>
            plugin.Traces.Any(trace => look.Traces.Any(seen => seen.StartsWith(trace, StringComparison.OrdinalIgnoreCase)))
        );
}
