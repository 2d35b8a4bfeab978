using Api.Contracts.Text;

namespace Api.Http.Site;

/// <summary>The site that owns the content: section <c>Site</c> of the settings.</summary>
internal sealed record SiteSettings
{
    /// <summary>Display name.</summary>
    public string Name { get; init; } = "Harbor Institute";

    /// <summary>Home page of the site, absolute, without a trailing slash.</summary>
    public string Url { get; init; } = "https://www.example.org";

    /// <summary>IANA time zone in which dates without a time, and years, are interpreted.</summary>
    public string TimeZone { get; init; } = "America/New_York";

    /// <summary>Language tags (BCP 47); the first is the default.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Licence of articles that name none.</summary>
    public LicenseSettings License { get; init; } = new();

    /// <summary>Path of the web page of each resource, below <see cref="Url"/>; <c>{slug}</c> is replaced.</summary>
    public IReadOnlyDictionary<string, string> Paths { get; init; } = new Dictionary<string, string>();

    /// <summary>The same as absolute URIs with the placeholder <c>{slug}</c>, to be replaced with the percent-encoded slug.</summary>
    internal IReadOnlyDictionary<string, string> PageUrls { get; private init; } = new Dictionary<string, string>();

    /// <summary>The language of content that names none.</summary>
    public string DefaultLanguage => Languages.Count == 0 ? "en" : Languages[0];

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public static SiteSettings From(IConfiguration configuration)
    {
        var site = configuration.GetSection("Site").Get<SiteSettings>() ?? new SiteSettings();
        Require(WebAddress.Of(site.Url) is not null, "Site:Url", site.Url, "an absolute http or https URL");
        Require(TimeZones.Find(site.TimeZone) is not null, "Site:TimeZone", site.TimeZone, "an IANA time zone such as Europe/Berlin");
        Require(WebAddress.Of(site.License.Url) is not null, "Site:License:Url", site.License.Url, "an absolute http or https URL");
        foreach (var (resource, path) in site.Paths)
        {
            Require(path.StartsWith('/') && path.Contains("{slug}", StringComparison.Ordinal), $"Site:Paths:{resource}", path, "a path with {slug}, such as /articles/{slug}");
        }
        var paths = new Dictionary<string, string>(DefaultPaths, StringComparer.OrdinalIgnoreCase);
        foreach (var (resource, path) in site.Paths) paths[resource] = path;
        var url = WebAddress.Of(site.Url)!.TrimEnd('/');
        return site with
        {
            Url = url,
            License = site.License with { Url = WebAddress.Of(site.License.Url)! },
            Paths = paths,
            PageUrls = paths.ToDictionary(
                path => path.Key, path => url + string.Join("{slug}", path.Value.Split("{slug}").Select(WebAddress.OfPath)), StringComparer.OrdinalIgnoreCase),
        };
    }

    private static readonly Dictionary<string, string> DefaultPaths = new()
    {
        ["article"] = "/articles/{slug}",
        ["expert"] = "/experts/{slug}",
        ["topic"] = "/topics/{slug}",
        ["event"] = "/events/{slug}",
        ["page"] = "/{slug}",
    };

    private static void Require(bool holds, string setting, string value, string expected)
    {
        if (!holds) throw new InvalidOperationException($"The setting {setting} is '{value}'; it has to be {expected}.");
    }
}

/// <summary>Terms under which articles may be republished.</summary>
internal sealed record LicenseSettings
{
    /// <summary>SPDX identifier, or a name the site has chosen.</summary>
    public string Id { get; init; } = "CC-BY-ND-4.0";

    /// <summary>The terms, absolute URL.</summary>
    public string Url { get; init; } = "https://creativecommons.org/licenses/by-nd/4.0/";
}
