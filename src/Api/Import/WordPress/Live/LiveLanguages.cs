using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>
/// The languages of a site that has several. Polylang shows which there are (<c>pll/v1/languages</c>, in its free version from 3.7 on), but not which an item is in, nor its translations:
/// its address says the language where each has a folder or a host of its own.
/// </summary>
internal sealed class LiveLanguages
{
    /// <summary>Those of a site without such a plugin.</summary>
    public static readonly LiveLanguages None = new(false, []);

    private readonly (string Home, string Slug)[] _homes;

    private LiveLanguages(bool areSeveral, (string Home, string Slug)[] homes)
    {
        AreSeveral = areSeveral;
        // The default one mostly has no folder: its address is the beginning of all others.
        _homes = [.. homes.OrderByDescending(home => home.Home.Length)];
    }

    /// <summary>Whether an item may be in another language than the site.</summary>
    public bool AreSeveral { get; }

    /// <summary>Asks the site.</summary>
    public static async Task<LiveLanguages> Ask(LiveClient client, LiveApi api, CancellationToken cancel)
    {
        if (!api.Namespaces.Any(space => space.StartsWith("pll/", StringComparison.Ordinal) || space.StartsWith("wpml/", StringComparison.Ordinal)))
            return None;
        if (!api.Namespaces.Contains("pll/v1") || await client.Get(api.Of("pll/v1/languages", "_fields=slug,home_url"), cancel) is not { Status: 200 } answer)
            return new(true, []);
        using var json = answer.Json();
        var all = json.RootElement.ValueKind == JsonValueKind.Array
            ? json.RootElement.EnumerateArray().Select(one => (Home: one.Text("home_url").TrimEnd('/') + "/", Slug: one.Text("slug"))).Take(500).ToArray() : [];
        // Where the language is in the query or in the text only, addresses do not tell.
        var tell = all.Length > 1 && all.All(one => one.Slug.Length > 0 && !one.Home.Contains('?', StringComparison.Ordinal)) && all.DistinctBy(one => one.Home).Count() == all.Length;
        return new(true, tell ? all : []);
    }

    /// <summary>The language that an address says; null where it says none.</summary>
    public string? Of(string link) =>
        Array.Find(_homes, home => link.StartsWith(home.Home, StringComparison.Ordinal)) is { Slug: { } slug, Home: { } own }
            // A draft has no address but its number.
            && !(link.AsSpan(own.Length).StartsWith("?", StringComparison.Ordinal) && Array.TrueForAll(_homes, home => home.Home.StartsWith(own, StringComparison.Ordinal)))
            ? slug : null;
}
