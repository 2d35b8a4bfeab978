using Api.Contracts;
using Api.Contracts.Cards;
using Api.Http.Json;
using Api.Http.Requests;
using Api.Listing;
using Api.Reading;

namespace Api.Related;

/// <summary>
/// Reads the cards and menus that <c>include</c> asks for, and adds their keys and tags to the request. Null for what it does not ask for.
/// Cards that are not in memory take one round trip.
/// </summary>
internal sealed class RelatedCards(ILists lists, ListedItems items, ArticleReader articles, EventReader events, MenuReader menus)
{
    /// <summary>Articles from the lists in memory.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The value of <c>include</c>.</param>
    /// <param name="places">The lists they are picked from, as cache keys name them.</param>
    /// <param name="pick">Picks their numbers, in order. Pure.</param>
    /// <param name="cancel">Cancels the query.</param>
    public async Task<IReadOnlyList<Ready<ArticleCard>>?> Articles(
        ApiRequest request,
        string name,
        IEnumerable<string> places,
        Func<ListState, int[]> pick,
        CancellationToken cancel
    ) =>
        IsAsked(request, name, places)
            ? Show(request, await Read<Article, ArticleCard>(pick, articles.AsOf, ArticleCard.Of, cancel))
            : null;

    /// <summary>Events from the lists in memory.</summary>
    /// <inheritdoc cref="Articles"/>
    public async Task<IReadOnlyList<Ready<EventCard>>?> Events(
        ApiRequest request,
        string name,
        IEnumerable<string> places,
        Func<ListState, int[]> pick,
        CancellationToken cancel
    ) => IsAsked(request, name, places) ? Show(request, await Read<Event, EventCard>(pick, events.AsOf, EventCard.Of, cancel)) : null;

    /// <summary>All menus.</summary>
    public async Task<IReadOnlyList<MenuCard>?> Menus(ApiRequest request, CancellationToken cancel) =>
        IsAsked(request, "menus", ["menus"]) ? Show(request, [.. (await menus.List(request.Links, cancel)).Select(MenuCard.Of)]) : null;

    /// <summary>Whether <c>include</c> has a value; if so, the answer depends on the lists at <paramref name="places"/>.</summary>
    public static bool IsAsked(ApiRequest request, string name, IEnumerable<string> places)
    {
        if (!request.Query.Includes(name))
            return false;
        // Tags cannot express which items are picked.
        request.Tags.Everything();
        foreach (var place in places)
            request.Keys.List(place);
        return true;
    }

    /// <summary>Adds the keys of cards that the answer shows.</summary>
    public static IReadOnlyList<T> Show<T>(ApiRequest request, IReadOnlyList<T> shown)
        where T : class, IIdentified
    {
        request.Keys.ShowCards(shown);
        return shown;
    }

    // Any change of a menu changes what is shown of it.
    private static IReadOnlyList<MenuCard> Show(ApiRequest request, IReadOnlyList<MenuCard> shown)
    {
        request.Keys.Show(shown);
        return shown;
    }

    private Task<IReadOnlyList<Ready<TCard>>> Read<T, TCard>(
        Func<ListState, int[]> pick,
        ReadAsOf<T> read,
        Func<T, TCard> card,
        CancellationToken cancel
    )
        where T : IIdentified =>
        lists.Answer<IReadOnlyList<Ready<TCard>>>(
            async state =>
                await items.Cards(state, pick(state), read, item => ApiJson.Write(card(item)), cancel) is { } ready
                    ? [.. ready.Select(one => new Ready<TCard>(one.Id, one.Json))]
                    : null,
            cancel
        );
}
