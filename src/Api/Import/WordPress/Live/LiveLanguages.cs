using System.Text.Json;

namespace Api.Import.WordPress.Live;

/// <summary>
/// The languages of a multilingual site. Polylang lists them (<c>pll/v1/languages</c>, in its free version from 3.7 on), but gives neither
/// the language of an item nor its translations: the URL of an item gives the language if each language has its own folder or host.
/// </summary>
internal sealed class LiveLanguages
{
    /// <summary>The value for a site without such a plugin.</summary>
    public static readonly LiveLanguages None = new(false, []);

    private readonly (string Home, string Slug)[] homes;

    private LiveLanguages(bool areSeveral, (string Home, string Slug)[] homes)
    {
        AreSeveral = areSeveral;
        // The default language usually has no folder: its URL is a prefix of all others.
        this.homes = [.. homes.OrderByDescending(home => home.Home.Length)];
    }

    /// <summary>Whether an item may be in another language than the site.</summary>
    public bool AreSeveral { get; }

    /// <summary>Asks the site for its languages.</summary>
    public static async Task<LiveLanguages> Ask(LiveClient client, LiveApi api, CancellationToken cancel)
    {
        if (
            !api.Namespaces.Any(space =>
                space.StartsWith("pll/", StringComparison.Ordinal) || space.StartsWith("wpml/", StringComparison.Ordinal)
            )
        )
            return None;
        if (
            !api.Namespaces.Contains("pll/v1")
            || await client.Get(api.Of("pll/v1/languages", "_fields=slug,home_url"), cancel) is not { Status: 200 } answer
        )
            return new(true, []);
        using var json = answer.Json();
        var all =
            json.RootElement.ValueKind == JsonValueKind.Array
                ? json
                    .RootElement.EnumerateArray()
                    .Select(one => (Home: one.Text("home_url").TrimEnd('/') + "/", Slug: one.Text("slug")))
                    .Take(500)
                    .ToArray()
                : [];
        // If the language is only in the query or in the text, URLs do not give it.
        var tell =
            all.Length > 1
            && all.All(one => one.Slug.Length > 0 && !one.Home.Contains('?', StringComparison.Ordinal))
            && all.DistinctBy(one => one.Home).Count() == all.Length;
        return new(true, tell ? all : []);
    }

    /// <summary>The language of a URL; null when it gives none.</summary>
    public string? Of(string link) =>
        Array.Find(this.homes, home => link.StartsWith(home.Home, StringComparison.Ordinal)) is { Slug: { } slug, Home: { } own }
        // The URL of a draft contains only its number.
        && !(
            link.AsSpan(own.Length).StartsWith("?", StringComparison.Ordinal)
            && Array.TrueForAll(this.homes, home => home.Home.StartsWith(own, StringComparison.Ordinal))
        )
            ? slug
            : null;
}
