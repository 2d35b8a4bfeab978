using Api.Http.Answers;
using Api.Indexing;
using Api.Listing;
using Api.Reading.Search;

namespace Api.Articles;

/// <summary>Finds pages of articles in the lists in memory. Pure.</summary>
internal static class ArticleLists
{
    /// <summary>A page, and without a search null: the search that it answers, and the items with its words.</summary>
    public static (ListPage Page, AnsweredSearch? Search, KeySet? Found) Find(ListState state, ArticleFilter filter, PageWindow window)
    {
        var index = state.Articles.Items;
        var matches = ArticleIndexQuery.Find(index, filter);
        if (filter.Search is null)
            return (ListPage.Of(index, matches, filter.Keys.ItemIds, window), null, null);
        using var found = SearchMatch.Of(state, filter.Search, matches.Set);
        var among = matches.Among(found.Set);
        var page =
            window.Sort == "relevance"
                ? ListPage.Ranked(found.Best(among.Set), window, index.Places.Id, among.Count)
                : ListPage.Of(index, among, filter.Keys.ItemIds, window);
        return (page, found.Answered, found.Set);
    }
}
