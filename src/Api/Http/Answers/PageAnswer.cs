using System.Globalization;
using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Http.Json;
using Api.Http.Parameters;
using Api.Http.Requests;

namespace Api.Http.Answers;

/// <summary>Makes the answer of a list.</summary>
internal static class PageAnswer
{
    /// <summary>A page with its links in the body and in the <c>Link</c> header, and an exact total in <c>X-Total-Count</c>.</summary>
    public static Answer<Page<T>> Of<T>(ApiRequest request, PageWindow window, Found<T> found) => Of(request, window, found, page => page);

    /// <summary>A page in an envelope with more members than <see cref="Page{T}"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="window">The requested part of the list.</param>
    /// <param name="found">The items.</param>
    /// <param name="envelope">Makes the envelope of a page, such as <see cref="Searched{T}"/>.</param>
    public static Answer<TEnvelope> Of<T, TEnvelope>(
        ApiRequest request,
        PageWindow window,
        Found<T> found,
        Func<Page<T>, TEnvelope> envelope
    ) => Answer(request, Make(request, window, found), envelope);

    /// <summary>A page of items that are already serialized; <paramref name="envelope"/> receives a page without data.</summary>
    public static Answer<TEnvelope> Ready<T, TEnvelope>(
        ApiRequest request,
        PageWindow window,
        Found<ReadyItem> found,
        Func<Page<T>, TEnvelope> envelope
    )
    {
        var page = Make(request, window, found);
        var whole = envelope(new Page<T>([], page.PageInfo, page.Links));
        var isOfCards = request.FormatOf<CardFormat<T>>() is not null;
        return With<TEnvelope, ReadyItem>(
            request,
            page,
            isOfCards,
            JsonBody.Of(whole, page.Data, request.Links.Base, request.Query.Fields)
        );
    }

    /// <summary>The envelope of a searchable list.</summary>
    /// <param name="search">The search; null for none.</param>
    /// <param name="included">The related data; null when none was asked for.</param>
    public static Func<Page<T>, SearchedPage<T>> Searched<T>(AnsweredSearch? search, ListIncluded? included) =>
        page => new SearchedPage<T>(page.Data, page.PageInfo, page.Links, included, search?.Match, search?.Corrected?.ToString());

    /// <summary>The envelope of a searchable list with facets; <paramref name="facets"/> is null when none were asked for.</summary>
    /// <inheritdoc cref="Searched{T}"/>
    public static Func<Page<T>, FacetedPage<T>> Faceted<T>(AnsweredSearch? search, ListIncluded? included, Facets? facets) =>
        page => new FacetedPage<T>(
            page.Data,
            page.PageInfo,
            page.Links,
            included,
            search?.Match,
            search?.Corrected?.ToString(),
            facets?.Values,
            facets is null ? null : "exact"
        );

    /// <summary>A list without paging: all items on page 1.</summary>
    /// <param name="request">The request.</param>
    /// <param name="items">The items.</param>
    /// <param name="limit">The most items the list can have.</param>
    public static Answer<Page<T>> Whole<T>(ApiRequest request, IReadOnlyList<T> items, int limit)
    {
        var self = request.Links.Api(request.Query.Address) + request.Query.QueryString;
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
        var links = new PageLinks
        {
            Self = self,
            First = self,
            Previous = null,
            Next = null,
            Last = self,
        };
        return Answer(request, new Page<T>(items, info, links), page => page);
    }

    private static Page<T> Make<T>(ApiRequest request, PageWindow window, Found<T> found) =>
        PageMaker.Make(found, window, request.Query, request.Links.Api(request.Query.Address));

    private static Answer<TEnvelope> Answer<T, TEnvelope>(ApiRequest request, Page<T> page, Func<Page<T>, TEnvelope> envelope) =>
        With<TEnvelope, T>(
            request,
            page,
            isOfCards: request.FormatOf<CardFormat<T>>() is not null,
            request.FormatOf<ListFormat<T>>() is { } other ? new AnswerBody(other.Format.ContentType, other.Write(request, page))
                : request.FormatOf<CardFormat<T>>() is { } cards
                    ? JsonBody.OfCards(envelope(page with { Data = [] }), page.Data.Select(cards.Write))
                : JsonBody.Of(envelope(page), request.Query.Fields)
        );

    private static Answer<TEnvelope> With<TEnvelope, T>(ApiRequest request, Page<T> page, bool isOfCards, AnswerBody body)
    {
        if (isOfCards)
            request.Keys.ShowCards(page.Data.OfType<IIdentified>());
        else
            request.Keys.Show(page.Data);
        return new Answer<TEnvelope>(
            body with
            {
                Link = LinkHeader.Write(Relations(page.Links)),
                TotalCount = page.PageInfo is { TotalKind: "exact", Total: { } total }
                    ? total.ToString(CultureInfo.InvariantCulture)
                    : null,
            }
        );
    }

    private static (string Relation, string? Url)[] Relations(PageLinks links) =>
        [("next", links.Next), ("prev", links.Previous), ("first", links.First), ("last", links.Last), ("self", links.Self)];
}
