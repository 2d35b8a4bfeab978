using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Fields;

/// <summary>The custom fields of an SEO plugin.</summary>
/// <param name="Title">Title for search engines, mostly a template.</param>
/// <param name="Description">Description for search engines, mostly a text.</param>
/// <param name="Canonical">The canonical URL.</param>
/// <param name="Primary">
/// Prefix of the fields with the number of the primary term; if it ends in an underscore, the taxonomy follows.
/// </param>
/// <param name="Robots">Directives for search engines.</param>
/// <param name="Noindex">The value that excludes the page from search results.</param>
/// <param name="Keywords">Focus keywords, separated by commas.</param>
internal sealed record SeoFields(
    string Title,
    string Description,
    string Canonical,
    string Primary,
    string Robots,
    string Noindex,
    string Keywords
)
{
    /// <summary>Yoast SEO, Rank Math and SEOPress. If a site has fields of several, the first plugin with a value wins.</summary>
    public static readonly IReadOnlyList<SeoFields> All =
    [
        new(
            "_yoast_wpseo_title",
            "_yoast_wpseo_metadesc",
            "_yoast_wpseo_canonical",
            "_yoast_wpseo_primary_",
            "_yoast_wpseo_meta-robots-noindex",
            "1",
            "_yoast_wpseo_focuskw"
        ),
        new(
            "rank_math_title",
            "rank_math_description",
            "rank_math_canonical_url",
            "rank_math_primary_",
            "rank_math_robots",
            "noindex",
            "rank_math_focus_keyword"
        ),
        new(
            "_seopress_titles_title",
            "_seopress_titles_desc",
            "_seopress_robots_canonical",
            "_seopress_robots_primary_cat",
            "_seopress_robots_index",
            "yes",
            "_seopress_analysis_target_kw"
        ),
    ];

    // SEOPress can redirect the readers of a post to another address.
    private const string RedirectSwitch = "_seopress_redirections_enabled",
        RedirectTarget = "_seopress_redirections_value";

    private static readonly HashSet<string> Names =
    [
        RedirectSwitch,
        RedirectTarget,
        .. All.SelectMany(plugin => new[] { plugin.Title, plugin.Description, plugin.Canonical, plugin.Robots, plugin.Keywords }),
    ];

    public static bool IsKnown(string key) =>
        Names.Contains(key) || All.Any(plugin => key.StartsWith(plugin.Primary, StringComparison.Ordinal));

    /// <summary>The first non-empty value of the plugins' fields; empty when there is none.</summary>
    public static string First(WxrItem item, Func<SeoFields, string> field) =>
        All.Select(plugin => item.MetaValue(field(plugin))).FirstOrDefault(value => value.Length > 0) ?? "";

    public static bool IsNoindex(WxrItem item) =>
        All.Any(plugin => FieldValues.Of(item, plugin.Robots).Contains(plugin.Noindex, StringComparer.Ordinal));

    /// <summary>The URL to which SEOPress redirects the readers of an item; empty when it does not.</summary>
    public static string RedirectOf(WxrItem item) => item.MetaValue(RedirectSwitch) == "yes" ? item.MetaValue(RedirectTarget) : "";

    /// <summary>The primary topic of an item; null when no plugin names one.</summary>
    public static string? PrimaryTopic(WxrItem item, WordPressSurvey survey) =>
        item
            .Meta.Where(meta => All.Any(plugin => meta.Key.StartsWith(plugin.Primary, StringComparison.Ordinal)))
            .OrderBy(meta => meta.Key.EndsWith("category", StringComparison.Ordinal) ? 0 : 1)
            .Select(meta => survey.Terms.FindById(meta.Value)?.Topic?.TopicSlug)
            .FirstOrDefault(slug => slug is not null);
}
