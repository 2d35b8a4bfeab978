using Api.Contracts;
using Api.Contracts.Site;
using Api.Http.Parameters;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>The formats of each list beside JSON.</summary>
internal static class ListFormats
{
    public static readonly IReadOnlyList<OtherFormat> Articles =
    [
        .. FeedFormats.Of<Article>((http, article) => FeedEntries.Of(article, Links.Of(http), CalendarOf(http))),
        .. Tables(CsvColumns.Articles),
    ];
    public static readonly IReadOnlyList<OtherFormat> Events =
    [
        .. FeedFormats.Of<Event>((http, one) => FeedEntries.Of(one, Links.Of(http))),
        .. Tables(CsvColumns.Events),
        Calendar,
    ];
    public static readonly IReadOnlyList<OtherFormat> Experts =
    [
        .. FeedFormats.Of<Expert>((http, expert) => FeedEntries.Of(expert, Links.Of(http))),
        .. Tables(CsvColumns.Experts),
    ];
    public static readonly IReadOnlyList<OtherFormat> Topics =
    [
        .. FeedFormats.Of<Topic>((_, topic) => FeedEntries.Of(topic)),
        .. Tables(CsvColumns.Topics),
    ];
    public static readonly IReadOnlyList<OtherFormat> ArticleTypes = Tables(CsvColumns.ArticleTypes);
    public static readonly IReadOnlyList<OtherFormat> Hits = Tables(CsvColumns.Hits);
    public static readonly IReadOnlyList<OtherFormat> Pages =
    [
        .. FeedFormats.Of<SitePage>((_, page) => FeedEntries.Of(page)),
        .. Tables(CsvColumns.Pages),
    ];
    public static readonly IReadOnlyList<OtherFormat> Redirects = Tables(CsvColumns.Redirects);

    private static ListFormat<Event> Calendar =>
        new(
            Format.Calendar,
            (http, page) =>
                CalendarWriter.Write(FeedFormats.TitleOf(http), http.RequestServices.GetRequiredService<SiteSettings>().Name, page.Data)
        );

    internal static SiteCalendar CalendarOf(HttpContext http) => http.RequestServices.GetRequiredService<SiteCalendar>();

    private static IReadOnlyList<OtherFormat> Tables<T>(IReadOnlyList<CsvColumn<T>> columns) =>
        [NdjsonWriter.Of<T>(), TableWriter.Of(columns)];
}
