using System.Globalization;
using Api.Contracts;
using Api.Http.Caching;

namespace Api.Http;

/// <summary>Makes the answer of a list.</summary>
internal static class PageAnswer
{
    /// <summary>A page, with its links in the body and in the <c>Link</c> header, and an exact total in <c>X-Total-Count</c>.</summary>
    public static IResult Of<T>(HttpContext http, Query query, PageWindow window, Found<T> found) =>
        Answer(http, query, PageMaker.Make(found, window, query, Links.Of(http).Api(query.Address)), page => page);

    /// <summary>A page of a list that can be searched.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">Its query.</param>
    /// <param name="window">The part asked for.</param>
    /// <param name="found">The items.</param>
    /// <param name="corrected">What was searched for instead; null when nothing was corrected.</param>
    public static IResult Searched<T>(HttpContext http, Query query, PageWindow window, Found<T> found, SearchText? corrected)
    {
        var page = PageMaker.Make(found, window, query, Links.Of(http).Api(query.Address));
        return Answer(http, query, page, plain => new SearchedPage<T>(plain.Data, plain.PageInfo, plain.Links, corrected?.ToString()));
    }

    /// <summary>A page of a list that can be searched and broken down.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">Its query.</param>
    /// <param name="window">The part asked for.</param>
    /// <param name="found">The items.</param>
    /// <param name="corrected">What was searched for instead; null when nothing was corrected.</param>
    /// <param name="facets">The facets asked for; null when none were.</param>
    public static IResult Faceted<T>(HttpContext http, Query query, PageWindow window, Found<T> found, SearchText? corrected, Facets? facets)
    {
        var page = PageMaker.Make(found, window, query, Links.Of(http).Api(query.Address));
        return Answer(http, query, page, plain => new FacetedPage<T>(
            plain.Data, plain.PageInfo, plain.Links, corrected?.ToString(), facets?.Values, facets is null ? null : facets.IsExact ? "exact" : "estimated"));
    }

    /// <summary>A page of ready items, as JSON.</summary>
    /// <typeparam name="TEnvelope">What they stand in.</typeparam>
    /// <param name="http">The request.</param>
    /// <param name="query">Its query.</param>
    /// <param name="window">The part asked for.</param>
    /// <param name="found">The items.</param>
    /// <param name="envelope">Makes that of a page; its data is empty.</param>
    public static IResult Ready<TEnvelope>(HttpContext http, Query query, PageWindow window, Found<ReadyItem> found, Func<Page<ReadyItem>, TEnvelope> envelope)
    {
        var page = PageMaker.Make(found, window, query, Links.Of(http).Api(query.Address));
        AddHeaders(http, page);
        return JsonAnswer.Of(envelope(page), page.Data, Links.Of(http).Base, query.Fields);
    }

    /// <summary>A list that is not paged: all of it on page 1.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">Its query.</param>
    /// <param name="items">The items.</param>
    /// <param name="limit">The most there could be.</param>
    public static IResult Whole<T>(HttpContext http, Query query, IReadOnlyList<T> items, int limit)
    {
        var self = Links.Of(http).Api(query.Address) + query.QueryString;
        var info = new PageInfo
        {
            Limit = limit,
            Number = 1,
            Total = items.Count,
            TotalKind = "exact",
            TotalPages = items.Count == 0 ? 0 : 1,
            Next = null,
            Previous = null,
        };
        return Answer(http, query, new Page<T>(items, info, new PageLinks { Self = self, First = self, Previous = null, Next = null, Last = self }), page => page);
    }

    private static IResult Answer<T, TEnvelope>(HttpContext http, Query query, Page<T> page, Func<Page<T>, TEnvelope> envelope)
    {
        AddHeaders(http, page);
        return http.GetEndpoint()?.Metadata.GetMetadata<ListFormat<T>>() is { } other
            ? new WrittenAnswer(other.Format, other.Write(http, page))
            : JsonAnswer.Of(envelope(page), query.Fields);
    }

    private static void AddHeaders<T>(HttpContext http, Page<T> page)
    {
        var headers = http.Response.Headers;
        AnswerKeys.Of(http).Show(page.Data);
        headers.Link = LinkHeader.Write(Relations(page.Links));
        if (page.PageInfo is { TotalKind: "exact", Total: { } total }) headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
    }

    private static (string Relation, string? Url)[] Relations(PageLinks links) =>
    [
        ("next", links.Next), ("prev", links.Previous), ("first", links.First), ("last", links.Last), ("self", links.Self),
    ];
}
