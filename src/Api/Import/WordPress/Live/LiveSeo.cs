using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>What Yoast SEO shows of an item in <c>yoast_head_json</c>. The titles are mostly made by a template, and so nobody's words.</summary>
internal static class LiveSeo
{
    /// <summary>
    /// Whether it is of this item: on a site that is not in production (<c>WP_ENVIRONMENT_TYPE</c>, as copies of a site are) Yoast SEO shows what it says of the first item of a list with each of the
    /// others as well (as of 28.4).
    /// </summary>
    public static bool IsOf(JsonElement seo, string link)
    {
        return seo.Member("schema")?.Member("@graph") is not { ValueKind: JsonValueKind.Array } graph || graph.GetArrayLength() == 0
            || graph.EnumerateArray().Any(node => new[] { node.Text("@id"), node.Member("mainEntityOfPage")?.Text("@id"), node.Member("isPartOf")?.Text("@id") }.Any(id => Place(id ?? "") == Place(link)));

        // The plugin keeps addresses, and may not have noticed that the site has moved.
        static string Place(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.PathAndQuery : address;
    }

    /// <summary>Adds what is there as the fields in which the plugin keeps it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="seo">What the site shows.</param>
    /// <param name="made">A beginning of the text that is nobody's excerpt; null where there is none.</param>
    public static void Add(WxrItem item, JsonElement seo, string? made)
    {
        // Nor is a description that is the beginning of an excerpt which is nobody's.
        if (PlainText.Of(seo.Text("description")) is { Length: > 0 } description && made?.StartsWith(description.TrimEnd('.', '…', ' '), StringComparison.Ordinal) != true)
            item.Meta.Add(("_yoast_wpseo_metadesc", LiveNodes.Limited(description)));
        // Of what search engines are to leave out only the address for other services is shown.
        if ((seo.Text("canonical") is { Length: > 0 } canonical ? canonical : seo.Text("og_url")) is { Length: > 0 } address && address != item.Link)
            item.Meta.Add(("_yoast_wpseo_canonical", LiveNodes.Limited(address)));
        if (seo.Member("robots")?.Text("index") == "noindex")
            item.Meta.Add(("_yoast_wpseo_meta-robots-noindex", "1"));
    }
}
