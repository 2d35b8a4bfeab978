using Api.Http;

namespace Api.Import.Lines;

/// <summary>What the site says where a line is silent.</summary>
/// <param name="Site">Home page, absolute.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Language">Language tag (BCP 47).</param>
internal sealed record LineScope(Uri Site, string TimeZone, string Language)
{
    public static LineScope Of(SiteSettings site) => new(new Uri(site.Url.TrimEnd('/') + "/"), site.TimeZone, site.DefaultLanguage);
}
