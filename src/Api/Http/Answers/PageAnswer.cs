using System.Globalization;
using Api.Contracts.Lists;
using Api.Http.Caching;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Http.Answers;

/// <summary>Makes the answer of a list.</summary>
internal static class PageAnswer
{
    /// <summary>A page with its links in the body and in the <c>Link</c> header, and an exact total in <c>X-Total-Count</c>.</summary>
    public static IResult Of<T>(HttpContext http, Query query, PageWindow window, Found<T> found) =>
        Answer(http, query, PageMaker.Make(found, window, query, Links.Of(http).Api(query.Address)), page => page);

    /// <summary>A page in an envelope with more members than <see cref="Page{T}"/>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">Its query.</param>
    /// <param name="window">The requested part of the list.</param>
    /// <param name="found">The items.</param>
    /// <param name="envelope">Makes the envelope of a page, such as <see cref="Searched{T}"/>.</param>
    public static IResult Of<T, TEnvelope>(
        HttpContext http,
        Query query,
        PageWindow window,
        Found<T> found,
        Func<Page<T>, TEnvelope> envelope
    ) => Answer(http, query, PageMaker.Make(found, window, query, Links.Of(http).Api(query.Address)), envelope);

    /// <summary>A page of items that are already serialized; <paramref name="envelope"/> receives a page without data.</summary>
    public static IResult Ready<T, TEnvelope>(
        HttpContext http,
        Query query,
        PageWindow window,
        Found<ReadyItem> found,
        Func<Page<T>, TEnvelope> envelope
    )
    {
        var page = PageMaker.Make(found, window, query, Links.Of(http).Api(query.Address));
        AddHeaders(http, page);
        return JsonAnswer.Of(envelope(new Page<T>([], page.PageInfo, page.Links)), page.Data, Links.Of(http).Base, query.Fields);
    }

    /// <summary>
    /// The envelope of a searchable list; <paramref name="corrected"/> is the corrected search, null when nothing was corrected.
    /// </summary>
    public static Func<Page<T>, SearchedPage<T>> Searched<T>(SearchText? corrected) =>
        page => new SearchedPage<T>(page.Data, page.PageInfo, page.Links, corrected?.ToString());

    /// <summary>The envelope of a searchable list with facets; <paramref name="facets"/> is null when none were asked for.</summary>
    public static Func<Page<T>, FacetedPage<T>> Faceted<T>(SearchText? corrected, Facets? facets) =>
        page => new FacetedPage<T>(
            page.Data,
            page.PageInfo,
            page.Links,
            corrected?.ToString(),
            facets?.Values,
            facets is null ? null
                : facets.IsExact ? "exact"
                : "estimated"
        );

    /// <summary>A list without paging: all items on page 1.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">Its query.</param>
    /// <param name="items">The items.</param>
    /// <param name="limit">The most items the list can have.</param>
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
        return Answer(
            http,
            query,
            new Page<T>(
                items,
                info,
                new PageLinks
                {
                    Self = self,
                    First = self,
                    Previous = null,
                    Next = null,
                    Last = self,
                }
            ),
            page => page
        );
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
        if (page.PageInfo is { TotalKind: "exact", Total: { } total })
            headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
    }

    private static (string Relation, string? Url)[] Relations(PageLinks links) =>
        [("next", links.Next), ("prev", links.Previous), ("first", links.First), ("last", links.Last), ("self", links.Self)];
}
