using Api.Contracts.Text;

namespace Api.Import.Html;

/// <summary>The URLs in a body.</summary>
internal static class BodyUrls
{
    /// <summary>
    /// The URL as a body may contain it: absolute http or https (links also <c>mailto:</c>, <c>tel:</c> and a bare <c>#fragment</c>),
    /// percent-encoded. Null when it must be removed.
    /// </summary>
    /// <param name="element">Name of the element that has the URL.</param>
    /// <param name="value">The URL as written; relative URLs are resolved against the site.</param>
    /// <param name="site">Home page of the site, absolute.</param>
    public static string? Clean(string element, string value, Uri site)
    {
        var clean = Once(element, value, site);
        // A few malformed URLs change each time they are escaped. They are removed, so that sanitising again changes nothing.
        return clean is null || clean == value || Once(element, clean, site) == clean ? clean : null;
    }

    private static string? Once(string element, string value, Uri site)
    {
        value = value.Trim();
        if (element == "a" && value is ['#', _, ..])
            return value.Any(char.IsWhiteSpace) ? null : value;
        if (value is "" or ['#', ..] || !Uri.TryCreate(site, value, out var url))
            return null;
        if (element == "iframe")
            return Frame(url);
        if (element == "a" && url.Scheme is "mailto" or "tel")
            return url.AbsoluteUri;
        return url.Scheme is "http" or "https" ? WebAddress.Of(url.AbsoluteUri) : null;
    }

    private static string? Frame(Uri url) =>
        url.Scheme is "http" or "https"
        && url.IsDefaultPort
        && url.UserInfo == ""
        && BodyRules.FrameHosts.Contains(url.Host)
        && (url.Host != "www.google.com" || url.AbsolutePath.StartsWith("/maps/embed", StringComparison.Ordinal))
            ? "https" + url.AbsoluteUri[url.Scheme.Length..]
            : null;
}
