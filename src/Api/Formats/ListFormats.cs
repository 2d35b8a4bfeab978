using Api.Contracts;
using Api.Http;

namespace Api.Formats;

/// <summary>The formats each list has beside JSON.</summary>
internal static class ListFormats
{
    public static readonly IReadOnlyList<OtherFormat> Articles = [.. FeedFormats.Of<Article>((http, article) => FeedEntries.Of(article, Links.Of(http), CalendarOf(http))), .. Tables(CsvColumns.Articles)];
    public static readonly IReadOnlyList<OtherFormat> Events = [.. FeedFormats.Of<Event>((http, one) => FeedEntries.Of(one, Links.Of(http))), .. Tables(CsvColumns.Events), Calendar];
    public static readonly IReadOnlyList<OtherFormat> Experts = Tables(CsvColumns.Experts);
    public static readonly IReadOnlyList<OtherFormat> Topics = Tables(CsvColumns.Topics);
    public static readonly IReadOnlyList<OtherFormat> ArticleTypes = Tables(CsvColumns.ArticleTypes);
    public static readonly IReadOnlyList<OtherFormat> Hits = Tables(CsvColumns.Hits);
    public static readonly IReadOnlyList<OtherFormat> Pages = Tables(CsvColumns.Pages);
    public static readonly IReadOnlyList<OtherFormat> Redirects = Tables(CsvColumns.Redirects);

    private static ListFormat<Event> Calendar => new(Format.Calendar, (http, page) => CalendarWriter.Write(
        FeedFormats.TitleOf(http), http.RequestServices.GetRequiredService<SiteSettings>().Name, page.Data));

    private static SiteCalendar CalendarOf(HttpContext http) => http.RequestServices.GetRequiredService<SiteCalendar>();

    private static IReadOnlyList<OtherFormat> Tables<T>(IReadOnlyList<CsvColumn<T>> columns) => [NdjsonWriter.Of<T>(), TableWriter.Of(columns)];
}
