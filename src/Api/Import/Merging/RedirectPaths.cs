using System.Text.RegularExpressions;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Import.Merging;

/// <summary>Paths of the site that redirects lead from and to. Pure functions.</summary>
internal static partial class RedirectPaths
{
    /// <summary>The path with the query of a URL of the site; null for any other host, even if it differs only in <c>www.</c>.</summary>
    /// <param name="url">A URI.</param>
    /// <param name="site">The site.</param>
    public static string? OnSite(string url, SiteSettings site)
    {
        var address = new Uri(url);
        return address.Host == new Uri(site.Url).Host ? address.PathAndQuery : null;
    }

    /// <summary>The path of an item's page.</summary>
    public static string OfItem(string resource, string slug, SiteSettings site) =>
        new Uri(new Links(site, "").PageUrl(resource, slug)).PathAndQuery;

    /// <summary>
    /// The spellings in which a redirect may write a path, the most literal first: percent-encoded or not, with and without the query and a
    /// trailing slash.
    /// </summary>
    public static IReadOnlyList<string> Spellings(string path)
    {
        var bare = path.Split('?')[0];
        string[] spellings =
        [
            path,
            Decode(path),
            bare,
            Decode(bare),
            Encode(Decode(bare)),
            Escape().Replace(Encode(Decode(bare)), match => match.Value.ToLowerInvariant()),
        ];
        return
        [
            .. spellings
                .SelectMany(one => new[] { one, one.EndsWith('/') ? one.TrimEnd('/') : one + "/" })
                .Where(one => one.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a browser and the site treat two paths as the same.</summary>
    public static bool AreOne(string path, string other) => Decode(path) == Decode(other);

    // A plus sign in a path is a plus sign. Sequences that cannot be decoded stay as they are.
    private static string Decode(string path) =>
        RawQuery.TryDecode(path.Replace("+", "%2B", StringComparison.Ordinal), out var text) ? text : path;

    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    [GeneratedRegex("%[0-9A-F]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
