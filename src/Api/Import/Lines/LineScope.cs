using Api.Http.Site;

namespace Api.Import.Lines;

/// <summary>Defaults of the site for members that a line leaves out.</summary>
/// <param name="Site">Home page, absolute.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Language">Language tag (BCP 47).</param>
/// <param name="IsLenient">Whether unknown members are ignored instead of rejecting the line.</param>
internal sealed record LineScope(Uri Site, string TimeZone, string Language, bool IsLenient = false)
{
    public static LineScope Of(SiteSettings site, bool isLenient = false) =>
        new(new Uri(site.Url.TrimEnd('/') + "/"), site.TimeZone, site.DefaultLanguage, isLenient);
}
