using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Site;
using Api.Http.Answers;
using Api.Http.Parameters;

namespace Api.Formats;

/// <summary>The formats of each list beside JSON.</summary>
internal static class ListFormats
{
    public static readonly IReadOnlyList<OtherFormat> Articles =
    [
        CardFormat<Article>.Of(ArticleCard.Of),
        .. FeedFormats.Of<Article>((request, article) => FeedEntries.Of(article, request.Links, request.Calendar)),
        .. Tables(CsvColumns.Articles),
    ];
    public static readonly IReadOnlyList<OtherFormat> Events =
    [
        CardFormat<Event>.Of(EventCard.Of),
        .. FeedFormats.Of<Event>((request, one) => FeedEntries.Of(one, request.Links)),
        .. Tables(CsvColumns.Events),
        Calendar,
    ];
    public static readonly IReadOnlyList<OtherFormat> Experts =
    [
        CardFormat<Expert>.Of(ExpertCard.Of),
        .. FeedFormats.Of<Expert>((request, expert) => FeedEntries.Of(expert, request.Links)),
        .. Tables(CsvColumns.Experts),
    ];
    public static readonly IReadOnlyList<OtherFormat> Topics =
    [
        CardFormat<Topic>.Of(TopicCard.Of),
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
        new(Format.Calendar, (request, page) => CalendarWriter.Write(FeedFormats.TitleOf(request), request.Site.Name, page.Data));

    private static IReadOnlyList<OtherFormat> Tables<T>(IReadOnlyList<CsvColumn<T>> columns) =>
        [NdjsonWriter.Of<T>(), TableWriter.Of(columns)];
}
