using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>A taxonomy that a site announces.</summary>
/// <param name="Name">Such as <c>post_tag</c>.</param>
/// <param name="Base">The name of its collection, and the member of items that holds its terms, such as <c>tags</c>.</param>
/// <param name="Path">Address of the collection below the API's root.</param>
internal sealed record LiveTaxonomy(string Name, string Base, string Path);

/// <summary>A post type that a site announces.</summary>
/// <param name="Name">Such as <c>page</c>.</param>
/// <param name="Base">Its collection, such as <c>pages</c>.</param>
/// <param name="Path">Address of the collection below the API's root.</param>
/// <param name="Taxonomies">Names of its taxonomies.</param>
internal sealed record LiveType(string Name, string Base, string Path, IReadOnlyList<string> Taxonomies);

/// <summary>Reads what a site announces.</summary>
internal static partial class LiveSchema
{
    private const int Most = 200;

    /// <summary>The post types with content, without the templates and fonts of the theme.</summary>
    /// <param name="types">What the site announces.</param>
    /// <param name="reusable">
    /// Includes reusable blocks, which stored texts reference by number; in rendered texts they are already filled in.
    /// </param>
    public static IReadOnlyList<LiveType> Types(JsonElement types, bool reusable) =>
        [
            .. Announced(types)
                .Where(t =>
                    t.Name is PostTypes.ReusableBlock or PostTypes.Navigation
                        ? reusable
                        : !t.Name.StartsWith("wp_", StringComparison.Ordinal)
                )
                .Select(t => new LiveType(t.Name, t.Base, t.Path, Taxonomies(t.Json))),
        ];

    public static IReadOnlyList<LiveTaxonomy> Taxonomies(JsonElement taxonomies, bool menus) =>
        [.. Announced(taxonomies).Where(t => t.Name != "nav_menu" || menus).Select(t => new LiveTaxonomy(t.Name, t.Base, t.Path))];

    private static IEnumerable<(string Name, string Base, string Path, JsonElement Json)> Announced(JsonElement all)
    {
        if (all.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var each in all.EnumerateObject().Take(Most))
        {
            var name = each.Value.Text("slug") is { Length: > 0 } slug ? slug : each.Name;
            var own = each.Value.Text("rest_base") is { Length: > 0 } given ? given : name;
            var space = each.Value.Text("rest_namespace") is { Length: > 0 } other ? other : "wp/v2";
            // Names are used as folder names and in URLs.
            if (Simple().IsMatch(name) && Simple().IsMatch(own) && Space().IsMatch(space))
                yield return (name, own, $"{space}/{own}", each.Value);
        }
    }

    private static string[] Taxonomies(JsonElement type) =>
        type.Member("taxonomies") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!)]
            : [];

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex Simple();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}(?:/[A-Za-z0-9_-]{1,40}){0,3}$")]
    private static partial Regex Space();
}
