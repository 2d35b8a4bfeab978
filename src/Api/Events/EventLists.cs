using Api.Http.Answers;
using Api.Listing;
using Api.Reading.Search;

namespace Api.Events;

/// <summary>Finds pages of events in the lists in memory. Pure.</summary>
internal static class EventLists
{
    /// <summary>A page, and the search that it answers; null without one.</summary>
    public static (ListPage Page, AnsweredSearch? Search) Find(ListState state, EventFilter filter, PageWindow window)
    {
        var matches = EventIndexQuery.Find(state, filter);
        if (filter.Search is null)
            return (ListPage.Of(state.Events.Items, matches, filter.Keys.ItemIds, window), null);
        using var found = SearchMatch.Of(state, filter.Search, matches.Set);
        return (ListPage.Of(state.Events.Items, matches.Among(found.Set), filter.Keys.ItemIds, window), found.Answered);
    }
}
