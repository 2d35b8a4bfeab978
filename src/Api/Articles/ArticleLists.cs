using Api.Contracts;
using Api.Http;
using Api.Http.Caching;
using Api.Listing;

namespace Api.Articles;

/// <summary>Lists of articles from memory.</summary>
internal sealed class ArticleLists(ListIndex lists, ListedItems items, ArticleRepository articles)
{
    /// <summary>The lists as they are; null while they are not known.</summary>
    public ListState? Current => lists.Current;

    /// <summary>A page of articles as ready JSON, without texts; null when one of them has changed since.</summary>
    public async Task<Found<ReadyItem>?> Ready(ListState state, ArticleFilter filter, PageWindow window, AnswerTags tags, CancellationToken cancel) => filter.FindsNothing
        ? Found<ReadyItem>.Nothing(window)
        : await items.Ready<Article>(state, Page(state, filter, window), window, tags, articles.AsOf, cancel);

    /// <summary>A page of articles; null when one of them has changed since.</summary>
    public async Task<Found<Article>?> Whole(ListState state, ArticleFilter filter, PageWindow window, bool withBody, Links links, AnswerTags tags, CancellationToken cancel) => filter.FindsNothing
        ? Found<Article>.Nothing(window)
        : await ListedItems.Whole<Article>(state, Page(state, filter, window), window, withBody, links, tags, articles.AsOf, cancel);

    private static ListPage Page(ListState state, ArticleFilter filter, PageWindow window) =>
        ListPage.Of(state.Articles.Items, ArticleIndexQuery.Find(state.Articles.Items, filter), filter.Keys.ItemIds, window);
}
