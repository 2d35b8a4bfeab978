using System.Runtime.CompilerServices;

namespace Content;

/// <summary>A page of a list.</summary>
public interface IPage
{
    /// <summary>Where it stands in the list.</summary>
    PageInfo Page { get; }
}

public partial class ArticleCardFacetedPage : IPage;

public partial class ArticleCardPage : IPage;

public partial class ArticleFacetedPage : IPage;

public partial class ArticlePage : IPage;

public partial class ArticleTypePage : IPage;

public partial class EventCardSearchedPage : IPage;

public partial class EventSearchedPage : IPage;

public partial class ExpertCardSearchedPage : IPage;

public partial class ExpertSearchedPage : IPage;

public partial class MenuPage : IPage;

public partial class RedirectPage : IPage;

public partial class SearchHitFacetedPage : IPage;

public partial class SitePagePage : IPage;

public partial class TopicCardSearchedPage : IPage;

public partial class TopicSearchedPage : IPage;

public partial class TopicTreePage : IPage;

/// <summary>Walks over lists.</summary>
public static class Pages
{
    /// <summary>
    /// All items of a list, page by page:
    /// <c>Pages.All(cursor => api.ListArticlesAsync(topic: ["china"], cursor: cursor), page => page.Data)</c>. The next page is requested when its first item is.
    /// </summary>
    /// <param name="list">The request for the page at a cursor; null is the first page.</param>
    /// <param name="items">The items of a page.</param>
    /// <param name="cancel">Ends the walk between items; give it to the request too.</param>
    /// <exception cref="ApiException">The answer to a page is a problem.</exception>
    public static async IAsyncEnumerable<T> All<TPage, T>(
        Func<string?, Task<TPage>> list,
        Func<TPage, IEnumerable<T>> items,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
        where TPage : IPage
    {
        string? cursor = null;
        do
        {
            cancel.ThrowIfCancellationRequested();
            var page = await list(cursor).ConfigureAwait(false);
            foreach (var item in items(page))
            {
                cancel.ThrowIfCancellationRequested();
                yield return item;
            }
            cursor = page.Page.Next;
        } while (cursor is not null);
    }
}
