using Api.Contracts;
using Api.Http.Parameters;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>The formats of each kind of item beside JSON.</summary>
internal static class ItemFormats
{
    public static readonly IReadOnlyList<OtherFormat> Article =
    [
        new ItemFormat<Article>(Format.JsonLd, (http, article) => JsonLd.Of(article, SiteOf(http))),
        new ItemFormat<Article>(Format.BibTeX, (http, article) => BibTeX.Of(article, SiteOf(http), ListFormats.CalendarOf(http))),
        new ItemFormat<Article>(Format.Ris, (http, article) => Ris.Of(article, SiteOf(http), ListFormats.CalendarOf(http))),
    ];

    public static readonly IReadOnlyList<OtherFormat> Event =
    [
        new ItemFormat<Event>(Format.JsonLd, (http, one) => JsonLd.Of(one, SiteOf(http))),
    ];

    public static readonly IReadOnlyList<OtherFormat> Expert = [new ItemFormat<Expert>(Format.JsonLd, (_, expert) => JsonLd.Of(expert))];

    private static SiteSettings SiteOf(HttpContext http) => http.RequestServices.GetRequiredService<SiteSettings>();
}
