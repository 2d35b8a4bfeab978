using System.Text.Json;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>
/// The Yoast SEO values of an item in <c>yoast_head_json</c>. The titles are not kept, because most come from a template.
/// </summary>
internal static class LiveSeo
{
    /// <summary>
    /// Whether the values belong to this item: on a site that is not in production (<c>WP_ENVIRONMENT_TYPE</c>, as copies of a site are),
    /// Yoast SEO repeats the values of the first item of a list for all others (as of 28.4).
    /// </summary>
    public static bool IsOf(JsonElement seo, string link)
    {
        return seo.Member("schema")?.Member("@graph") is not { ValueKind: JsonValueKind.Array } graph
            || graph.GetArrayLength() == 0
            || graph
                .EnumerateArray()
                .Any(node =>
                    new[] { node.Text("@id"), node.Member("mainEntityOfPage")?.Text("@id"), node.Member("isPartOf")?.Text("@id") }.Any(id =>
                        Place(id ?? "") == Place(link)
                    )
                );

        // The plugin stores URLs, which may still have the former address of the site.
        static string Place(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.PathAndQuery : address;
    }

    /// <summary>Adds the values as the fields in which the plugin stores them.</summary>
    /// <param name="item">The item.</param>
    /// <param name="seo">The values.</param>
    /// <param name="made">An excerpt that WordPress generated; null when there is none.</param>
    public static void Add(WxrItem item, JsonElement seo, string? made)
    {
        // A description that is the beginning of a generated excerpt is not kept either.
        if (
            PlainText.Of(seo.Text("description")) is { Length: > 0 } description
            && made?.StartsWith(description.TrimEnd('.', '…', ' '), StringComparison.Ordinal) != true
        )
            item.Meta.Add(("_yoast_wpseo_metadesc", LiveNodes.Limited(description)));
        // An item hidden from search engines has no canonical URL here, only the URL for other services.
        if (
            (seo.Text("canonical") is { Length: > 0 } canonical ? canonical : seo.Text("og_url")) is { Length: > 0 } address
            && address != item.Link
        )
            item.Meta.Add(("_yoast_wpseo_canonical", LiveNodes.Limited(address)));
        if (seo.Member("robots")?.Text("index") == "noindex")
            item.Meta.Add(("_yoast_wpseo_meta-robots-noindex", "1"));
    }
}
