using Api.Http.Site;

namespace Api.Import.Lines;

/// <summary>What the site says where a line is silent.</summary>
/// <param name="Site">Home page, absolute.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Language">Language tag (BCP 47).</param>
/// <param name="IsLenient">Whether members that are not known are left out, instead of rejecting the line.</param>
internal sealed record LineScope(Uri Site, string TimeZone, string Language, bool IsLenient = false)
{
    public static LineScope Of(SiteSettings site, bool isLenient = false) => new(new Uri(site.Url.TrimEnd('/') + "/"), site.TimeZone, site.DefaultLanguage, isLenient);
}
