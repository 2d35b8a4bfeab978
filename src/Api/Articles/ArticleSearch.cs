using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;
using Api.Reading.Search;

namespace Api.Articles;

/// <summary>
/// Pages of articles for a search: the database finds the articles that have the words; the lists in memory apply the other filters, the
/// order and the total.
/// </summary>
internal sealed class ArticleSearch(WordSearch words, SearchReach reach)
{
    /// <summary>A page of the search result; null when an item on it changed between the state of the lists and the search.</summary>
    public async Task<ListPage?> Page(ListState state, ArticleFilter filter, PageWindow window, CancellationToken cancel)
    {
        var search = filter.Search!;
        var among = ArticleIndexQuery.Find(state.Articles.Items, filter);
        if (search.Terms == 0 || among.Count == 0)
            return new ListPage([], window.Count == CountKind.None ? Total.None : Total.Exact(0));
        if (window.Sort == "relevance")
            return await BestFirst(state, among, search, window, cancel);
        var hits = window.Count == CountKind.None ? WordHits.Unknown : await words.Articles(state, among, search, reach.Exact, cancel);
        var total = await Count(among, search, window, hits, cancel);
        if (!IsExact(hits))
            hits = window.Limit > 0 ? await FindInListOrder(state, filter, among, window, cancel) : WordHits.None;
        var page = ListPage.Of(state.Articles.Items, among.Among(hits.Set), filter.Keys.ItemIds, window with { Count = CountKind.None });
        return hits.HasChanged(page.Numbers) ? null : page with { Total = total };
    }

    private async Task<ListPage?> BestFirst(ListState state, Matches among, SearchText search, PageWindow window, CancellationToken cancel)
    {
        var (best, ranked) = window.Limit == 0 ? (WordHits.None, []) : await words.Ranked(state, among, search, cancel);
        var places = state.Articles.Items.Places;
        var rows = ranked
            .Where(one => among.Contains(one.Number))
            .Select(one => (one.Number, Position: new Position(one.Score, null, places.Id(one.Number))))
            .OrderByDescending(row => row.Position.Number)
            .ThenByDescending(row => row.Position.Id)
            .Take(TextSearch.MostRanked);
        if (window.Backward)
            rows = rows.Reverse();
        if (window.At is { } at)
            rows = rows.Where(row =>
                (row.Position.Number, row.Position.Id).CompareTo((at.Number, at.Id)) is var side && (window.Backward ? side > 0 : side < 0)
            );
        var page = new ListPage(window.Limit == 0 ? [] : [.. rows.Skip((int)window.Offset).Take(window.Take)], Total.None);
        if (best.HasChanged(page.Numbers))
            return null;
        return window.Count == CountKind.None
            ? page
            : page with
            {
                Total = await Count(among, search, window, await words.Articles(state, among, search, reach.Exact, cancel), cancel),
            };
    }

    // When many articles match, a walk in the list's order soon finds enough for a page. Otherwise all matches are looked up, which can run
    // into the time limit; that error reaches the client.
    private async Task<WordHits> FindInListOrder(
        ListState state,
        ArticleFilter filter,
        Matches among,
        PageWindow window,
        CancellationToken cancel
    )
    {
        var most = (int)window.Offset + reach.Walk;
        var walked = ListPage
            .Of(state.Articles.Items, among, filter.Keys.ItemIds, window with { Page = null, Limit = most, Count = CountKind.None })
            .Numbers;
        var hits = await words.Walk(state, filter.Search!, walked, window.Offset + window.Take, cancel);
        return hits.Numbers!.Length >= window.Offset + window.Take || walked.Length <= most
            ? hits
            : await words.Articles(state, among, filter.Search!, most: null, cancel);
    }

    private async Task<Total> Count(Matches among, SearchText search, PageWindow window, WordHits hits, CancellationToken cancel) =>
        window.Count switch
        {
            CountKind.None => Total.None,
            _ when hits.Numbers is null => Total.None,
            _ when IsExact(hits) => Total.Exact(among.Among(hits.Set).Count),
            CountKind.Exact => await words.Count(among, search, cancel) is { } count ? Total.Exact(count) : Total.None,
            _ => Total.AtLeast(reach.Exact),
        };

    private bool IsExact(WordHits hits) => hits.Numbers?.Length <= reach.Exact;
}
