using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Listing;
using Api.Reading.Search;

namespace Api.Articles;

/// <summary>Finds pages of articles in the lists in memory.</summary>
internal sealed class ArticleLists(ArticleSearch search, Spelling spelling)
{
    /// <summary>
    /// A page, and the corrected search if the original one was corrected; null when an item on the page has changed since the state was
    /// read. No round trip without a search.
    /// </summary>
    public async Task<(ListPage Page, SearchText? Corrected)?> Find(
        ListState state,
        ArticleFilter filter,
        PageWindow window,
        CancellationToken cancel
    )
    {
        if (filter.Search is null)
            return (
                ListPage.Of(state.Articles.Items, ArticleIndexQuery.Find(state.Articles.Items, filter), filter.Keys.ItemIds, window),
                null
            );
        var (page, corrected) = await spelling.Find(
            filter.Search,
            words => search.Page(state, filter with { Search = words }, window, cancel),
            ListPage.IsNothing,
            cancel
        );
        return page is null ? null : (page, corrected);
    }
}
