using Api.Contracts;
using Api.Http;
using Api.Http.Caching;
using Api.Listing;
using Api.Reading;

namespace Api.Events;

/// <summary>Lists of events from memory.</summary>
internal sealed class EventLists(ListIndex lists, ListedItems items, EventReader events)
{
    /// <summary>The lists as they are; null while they are not known.</summary>
    public ListState? Current => lists.Current;

    /// <summary>A page of events as ready JSON, without texts; null when one of them has changed since.</summary>
    public async Task<Found<ReadyItem>?> Ready(ListState state, EventFilter filter, PageWindow window, AnswerTags tags, CancellationToken cancel) => filter.Keys.FindsNothing
        ? Found<ReadyItem>.Nothing(window)
        : await items.Ready<Event>(state, Page(state, filter, window), window, tags, events.AsOf, cancel);

    /// <summary>A page of events; null when one of them has changed since.</summary>
    public async Task<Found<Event>?> Whole(ListState state, EventFilter filter, PageWindow window, bool withBody, Links links, AnswerTags tags, CancellationToken cancel) => filter.Keys.FindsNothing
        ? Found<Event>.Nothing(window)
        : await ListedItems.Whole<Event>(state, Page(state, filter, window), window, withBody, links, tags, events.AsOf, cancel);

    private static ListPage Page(ListState state, EventFilter filter, PageWindow window) =>
        ListPage.Of(state.Events.Items, EventIndexQuery.Find(state, filter), filter.Keys.ItemIds, window);
}
