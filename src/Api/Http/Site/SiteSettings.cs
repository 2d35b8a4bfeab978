using Api.Contracts;
using Api.Contracts.Text;
using Api.Settings;

namespace Api.Http.Site;

/// <summary>The site that owns the content: section <c>Site</c> of the settings.</summary>
internal sealed record SiteSettings
{
    private const string PathSection = "Site:Paths";

    private static readonly Setting NameSetting = new("Site:Name", "text")
    {
        Default = "Harbor Institute",
        Effect = "Name of the site, in feeds, attributions and on the pages of the API.",
    };

    private static readonly Setting UrlSetting = new("Site:Url", "URL")
    {
        Default = "https://www.example.org",
        Range = "absolute, `http` or `https`",
        Effect = "Home page of the site for people, the base of `url` and `canonicalUrl`; `path` is `url` without it.",
    };

    private static readonly Setting TimeZoneSetting = new("Site:TimeZone", "IANA time zone")
    {
        Default = "America/New_York",
        Range = "a zone of the time zone database that comes with the program ([decision 13](decisions/0013-one-time-zone-database.md))",
        Effect = "The zone in which dates without a time, and years, are read.",
    };

    private static readonly Setting LanguagesSetting = new("Site:Languages", "list of language tags (BCP 47)")
    {
        Variable = "Site__Languages__0",
        DefaultNote = "`en`",
        Effect = "Languages of the site. The first is the language of content that names none.",
    };

    private static readonly Dictionary<string, Setting> PathSettings = Catalogue
        .Resources.Where(resource => resource.HasPage)
        .ToDictionary(resource => resource.Name, resource => PagesOf(resource.Name, resource.PagePath!), StringComparer.Ordinal);

    /// <summary>Name for people.</summary>
    public string Name { get; init; } = NameSetting.Default;

    /// <summary>Home page of the site for people, absolute, without a trailing slash.</summary>
    public string Url { get; init; } = UrlSetting.Default;

    /// <summary>IANA time zone in which dates alone, and years, are read.</summary>
    public string TimeZone { get; init; } = TimeZoneSetting.Default;

    /// <summary>Language tags (BCP 47); the first is the default.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Licence of articles without one.</summary>
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
        var site = new SiteSettings
        {
            Name = NameSetting.Get(configuration),
            Url = UrlSetting.Get(configuration),
            TimeZone = TimeZoneSetting.Get(configuration),
            Languages = LanguagesSetting.List(configuration),
            License = LicenseSettings.From(configuration),
            Paths = configuration.GetSection(PathSection).Get<Dictionary<string, string>>() ?? [],
        };
        Require(
            WebAddress.Of(site.Url) is { } home && home.IndexOfAny(['?', '#']) < 0,
            UrlSetting,
            site.Url,
            "an absolute http or https URL without ? and #"
        );
        Require(TimeZones.Find(site.TimeZone) is not null, TimeZoneSetting, site.TimeZone, "an IANA time zone such as Europe/Berlin");
        Require(WebAddress.Of(site.License.Url) is not null, LicenseSettings.UrlSetting, site.License.Url, "an absolute http or https URL");
        foreach (var (resource, path) in site.Paths)
        {
            Require(
                path.StartsWith('/')
                    && !path.StartsWith("//", StringComparison.Ordinal)
                    && path.Contains("{slug}", StringComparison.Ordinal),
                $"{PathSection}:{resource}",
                path,
                "a path with {slug}, such as /articles/{slug}"
            );
        }
        var paths = PathSettings.ToDictionary(path => path.Key, path => path.Value.Default, StringComparer.OrdinalIgnoreCase);
        foreach (var (resource, path) in site.Paths)
            paths[resource] = path;
        // As in most addresses of the site's pages: the host in lower case, and no port that needs none (RFC 3986 §6.2).
        var parts = new Uri(WebAddress.Of(site.Url)!);
        var url = $"{parts.Scheme}://{parts.Authority}{parts.AbsolutePath}".TrimEnd('/');
        return site with
        {
            Url = url,
            License = site.License with { Url = WebAddress.Of(site.License.Url)! },
            Paths = paths,
            PageUrls = paths.ToDictionary(
                path => path.Key,
                path => url + string.Join("{slug}", path.Value.Split("{slug}").Select(WebAddress.OfPath)),
                StringComparer.OrdinalIgnoreCase
            ),
        };
    }

    private static Setting PagesOf(string resource, string path) =>
        new($"{PathSection}:{resource}", "path")
        {
            Default = path,
            Range = "begins with `/` and has `{slug}`",
            Effect = $"Where the site has its pages for the resource `{resource}`, below `Site__Url`.",
        };

    private static void Require(bool holds, Setting setting, string value, string expected) =>
        Require(holds, setting.Name, value, expected);

    private static void Require(bool holds, string setting, string value, string expected)
    {
        if (!holds)
            throw new InvalidOperationException($"The setting {setting} is '{value}'; it has to be {expected}.");
    }
}

/// <summary>Terms under which articles may be republished.</summary>
internal sealed record LicenseSettings
{
    private static readonly Setting IdSetting = new("Site:License:Id", "text")
    {
        Default = "CC-BY-ND-4.0",
        Effect = "Licence of articles without one: an SPDX identifier or a name of the site's own.",
    };

    /// <summary>The declaration of <see cref="Url"/>.</summary>
    public static readonly Setting UrlSetting = new("Site:License:Url", "URL")
    {
        Default = "https://creativecommons.org/licenses/by-nd/4.0/",
        Range = "absolute, `http` or `https`",
        Effect = "The terms of that licence.",
    };

    /// <summary>SPDX identifier or a name of the site's own.</summary>
    public string Id { get; init; } = IdSetting.Default;

    /// <summary>The terms, absolute URL.</summary>
    public string Url { get; init; } = UrlSetting.Default;

    /// <summary>Reads the settings.</summary>
    public static LicenseSettings From(IConfiguration configuration) =>
        new() { Id = IdSetting.Get(configuration), Url = UrlSetting.Get(configuration) };
}
