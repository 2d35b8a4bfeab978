using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Listing;
using Api.Reading.Search;

namespace Api.Articles;

/// <summary>Finds pages of articles in the lists in memory.</summary>
internal sealed class ArticleLists(ArticleSearch search, Spelling spelling)
{
    /// <summary>A page, and what was searched for instead of the words of the filter, if anything was; null when something in it has changed since. No round trip without words.</summary>
    public async Task<(ListPage Page, SearchText? Corrected)?> Find(ListState state, ArticleFilter filter, PageWindow window, CancellationToken cancel)
    {
        if (filter.Search is null) return (ListPage.Of(state.Articles.Items, ArticleIndexQuery.Find(state.Articles.Items, filter), filter.Keys.ItemIds, window), null);
        var (page, corrected) = await spelling.Find(filter.Search, words => search.Page(state, filter with { Search = words }, window, cancel), ListPage.IsNothing, cancel);
        return page is null ? null : (page, corrected);
    }
}
