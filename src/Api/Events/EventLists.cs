using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Api.Reading.Search;

namespace Api.Events;

/// <summary>Finds pages of events in the lists in memory; the database finds the events that match a search.</summary>
internal sealed class EventLists(WordSearch words, Spelling spelling)
{
    /// <summary>
    /// A page, and the corrected search if the original one was corrected; null when an item on the page has changed since the state was
    /// read. No round trip without a search.
    /// </summary>
    public async Task<(ListPage Page, SearchText? Corrected)?> Find(
        ListState state,
        EventFilter filter,
        PageWindow window,
        CancellationToken cancel
    )
    {
        var matches = EventIndexQuery.Find(state, filter);
        var (page, corrected) = await spelling.Find(
            filter.Search,
            search => Page(state, matches, search, filter, window, cancel),
            ListPage.IsNothing,
            cancel
        );
        return page is null ? null : (page, corrected);
    }

    private async Task<ListPage?> Page(
        ListState state,
        Matches matches,
        SearchText? search,
        EventFilter filter,
        PageWindow window,
        CancellationToken cancel
    )
    {
        var hits =
            search is null ? null
            : search.Terms == 0 ? WordHits.None
            : await words.Events(state, search, cancel);
        var page = ListPage.Of(state.Events.Items, hits is null ? matches : matches.Among(hits.Set), filter.Keys.ItemIds, window);
        return hits is not null && hits.HasChanged(page.Numbers) ? null : page;
    }
}
