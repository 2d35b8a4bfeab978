using Api.Contracts.Lists;
using Api.Http.Answers;
using Api.Http.Pages;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Formats;

/// <summary>The feed formats of a list: RSS, Atom, JSON Feed.</summary>
internal static class FeedFormats
{
    /// <summary>The feeds of a list of <typeparamref name="T"/>; <paramref name="entry"/> converts an item into a feed entry.</summary>
    public static IReadOnlyList<OtherFormat> Of<T>(Func<HttpContext, T, FeedEntry> entry) =>
        [
            new ListFormat<T>(Format.Rss, (http, page) => FeedWriter.Rss(PageOf(http, page, entry))),
            new ListFormat<T>(Format.Atom, (http, page) => FeedWriter.AtomFeed(PageOf(http, page, entry))),
            new ListFormat<T>(Format.JsonFeed, (http, page) => JsonFeedWriter.Write(PageOf(http, page, entry))),
        ];

    /// <summary>The feed's title: the name of the site and the title of the list.</summary>
    public static string TitleOf(HttpContext http) =>
        $"{http.RequestServices.GetRequiredService<SiteSettings>().Name}: {AnswerTitle.Of(http) ?? NameOf(RoutePath.Of(http).Split('/')[^1])}";

    // The fallback without a list title: experts becomes Experts.
    private static string NameOf(string collection) => char.ToUpperInvariant(collection[0]) + collection[1..];

    private static FeedPage PageOf<T>(HttpContext http, Page<T> page, Func<HttpContext, T, FeedEntry> entry)
    {
        var site = http.RequestServices.GetRequiredService<SiteSettings>();
        return new FeedPage(
            TitleOf(http),
            site.Url,
            site.Name,
            site.DefaultLanguage,
            site.License.Url,
            Links.Of(http).Api(FormatsPage.Path + "#syndication"),
            page.Links,
            [.. page.Data.Select(item => entry(http, item))]
        );
    }
}
