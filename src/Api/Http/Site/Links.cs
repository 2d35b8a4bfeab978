using System.Text.RegularExpressions;
using Api.Contracts;
using Api.Contracts.Text;
using Api.Settings;

namespace Api.Http.Site;

/// <summary>Absolute URLs: of this API on its public base, and of the site's web pages.</summary>
/// <param name="site">The site.</param>
/// <param name="baseUrl">Public base of the API, without a trailing slash.</param>
internal sealed partial class Links(SiteSettings site, string baseUrl)
{
    /// <summary>Public base of the API, without a trailing slash.</summary>
    public string Base => baseUrl;

    /// <summary>The path of <see cref="Base"/>, without a trailing slash; empty on a host of its own.</summary>
    public string BasePath => new Uri(baseUrl).AbsolutePath.TrimEnd('/');

    /// <summary>The address of an item in this API, such as <c>https://api.example.org/v1/articles/a-longer-view</c>.</summary>
    public string Self(string resource, string slug) => $"{baseUrl}/v1/{Catalogue.CollectionOf(resource)}/{Uri.EscapeDataString(slug)}";

    /// <summary>The web page of an article, expert, topic, event or page, absolute URL.</summary>
    public string PageUrl(string resource, string slug) =>
        site.PageUrls[resource].Replace("{slug}", Uri.EscapeDataString(slug), StringComparison.Ordinal);

    /// <summary>The path of a web page within the site: its URL without that of the site.</summary>
    public string PagePath(string resource, string slug) => PageUrl(resource, slug)[site.Url.Length..];

    /// <summary>
    /// A URL without that of the site, which begins with a slash, as a router with a base path takes it; <c>/</c> for the home page. Null
    /// for a URL outside of the site, and for a path that begins with <c>//</c>, which browsers read as another host (RFC 3986 §4.2).
    /// </summary>
    public string? PathOf(string? url) =>
        url == site.Url ? "/"
        : url?.StartsWith(site.Url + "/", StringComparison.Ordinal) != true ? null
        : url[site.Url.Length..] is var path && path.StartsWith("//", StringComparison.Ordinal) ? null
        : path;

    /// <summary>An address of this API; <paramref name="path"/> starts with a slash.</summary>
    public string Api(string path) => baseUrl + path;

    /// <summary>The links of a request: based on <c>Api:PublicUrl</c>, else on the address of the request.</summary>
    public static Links Of(HttpContext http) =>
        new(
            http.RequestServices.GetRequiredService<SiteSettings>(),
            http.RequestServices.GetRequiredService<PublicUrl>().Value ?? FromRequest(http.Request)
        );

    /// <summary>True for a host name or address with an optional port. Any other Host header would break links.</summary>
    public static bool IsHost(string host) => host.Length <= 255 && Host().IsMatch(host);

    private static string FromRequest(HttpRequest request)
    {
        var host = request.Host.Value is { } value && IsHost(value) ? value : "localhost";
        return $"{request.Scheme}://{host}{request.PathBase.ToUriComponent()}";
    }

    [GeneratedRegex(@"^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}

/// <summary>Setting <c>Api:PublicUrl</c>: the public base of the API; null to take it from each request.</summary>
internal sealed record PublicUrl(string? Value)
{
    /// <summary>Its declaration.</summary>
    public static readonly Setting Setting = new("Api:PublicUrl", "URL")
    {
        DefaultNote = "the address of each request",
        Range = "absolute, `http` or `https`, without `?` and `#`",
        Effect = "Public base of the API, for links and as the server of the OpenAPI documents.",
    };

    /// <summary>Reads and checks the setting; throws <see cref="InvalidOperationException"/> that says what it has to be.</summary>
    public static PublicUrl From(IConfiguration configuration)
    {
        var url = Setting.Find(configuration);
        if (string.IsNullOrWhiteSpace(url))
            return new PublicUrl((string?)null);
        return WebAddress.Of(url) is { } uri && uri.IndexOfAny(['?', '#']) < 0
            ? new PublicUrl(uri.TrimEnd('/'))
            : throw new InvalidOperationException($"The setting Api:PublicUrl is '{url}'; it has to be an absolute http or https URL.");
    }
}
