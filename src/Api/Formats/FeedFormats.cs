using Api.Contracts.Lists;
using Api.Http.Answers;
using Api.Http.Pages;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Formats;

/// <summary>The feed formats of a list: RSS, Atom, JSON Feed.</summary>
internal static class FeedFormats
{
    /// <summary>The feeds of a list of <typeparamref name="T"/>; <paramref name="entry"/> converts an item into a feed entry.</summary>
    public static IReadOnlyList<OtherFormat> Of<T>(Func<ApiRequest, T, FeedEntry> entry) =>
        [
            new ListFormat<T>(Format.Rss, (request, page) => FeedWriter.Rss(PageOf(request, page, entry))),
            new ListFormat<T>(Format.Atom, (request, page) => FeedWriter.AtomFeed(PageOf(request, page, entry))),
            new ListFormat<T>(Format.JsonFeed, (request, page) => JsonFeedWriter.Write(PageOf(request, page, entry))),
        ];

    /// <summary>The feed's title: the name of the site and the title of the list.</summary>
    public static string TitleOf(ApiRequest request) =>
        $"{request.Site.Name}: {request.Title ?? NameOf(RoutePath.Of(request.Http).Split('/')[^1])}";

    // The fallback without a list title: experts becomes Experts.
    private static string NameOf(string collection) => char.ToUpperInvariant(collection[0]) + collection[1..];

    private static FeedPage PageOf<T>(ApiRequest request, Page<T> page, Func<ApiRequest, T, FeedEntry> entry)
    {
        var site = request.Site;
        return new FeedPage(
            TitleOf(request),
            site.Url,
            site.Name,
            site.DefaultLanguage,
            site.License.Url,
            request.Links.Api(FormatsPage.Path + "#syndication"),
            page.Links,
            [.. page.Data.Select(item => entry(request, item))]
        );
    }
}
