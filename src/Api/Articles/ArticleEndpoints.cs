using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Listing;
using Api.Reading;
using Api.Related;
using Api.Words;

namespace Api.Articles;

internal static class ArticleEndpoints
{
    private static readonly Parameter Include = ListParameters.Include([.. RelatedRepository.Includable]);

    private static readonly Parameter RelatedLimit = Parameter.Number("limit", "How many articles to answer at most.", 1, 20, 6, "6") with
    {
        View = true,
    };

    public static void AddArticles(this IServiceCollection services)
    {
        services.AddSingleton<ArticleRepository>();
        services.AddSingleton<ArticleTypeRepository>();
        services.AddSingleton<RelatedRepository>();
    }

    public static void MapArticles(this IEndpointRouteBuilder routes)
    {
        var articles = routes.MapGroup("/articles").WithTag("Articles", "Op-eds, media appearances, briefs, explainers and reports.");
        articles
            .MapGet("/", List)
            .WithName("ListArticles")
            .WithFormats(ListFormats.Articles)
            .WithParameters([
                .. ArticleFilter.Parameters,
                ArticleFilter.Sort,
                .. ListParameters.FacetedPaging,
                ListParameters.IncludeInArticles,
                ListParameters.Fields<Article, ListIncluded>("title,experts.name"),
            ])
            .MayPreview();
        articles
            .MapGet("/{slug}", Get)
            .WithName("GetArticle")
            .WithFormats(ItemFormats.Article)
            .WithSlug("The `slug` of the article, as lists show it. One that it had before answers 301.", "a-longer-view")
            .WithParameters(Include, ListParameters.Fields<Article, ArticleIncluded>())
            .MayPreview();
        articles
            .MapGet("/{slug}/related", ListRelated)
            .WithName("ListRelatedArticles")
            .WithFormats(ListFormats.Articles)
            .WithSlug("The `slug` of the article, as lists show it. One that it had before answers 301.", "a-longer-view")
            .WithParameters(RelatedLimit, ListParameters.IncludeBody, ListParameters.Fields<Article>("title,publishedAt"))
            .MayPreview();
    }

    /// <summary>Articles, newest first.</summary>
    /// <remarks>
    /// Published articles without their texts; <c>include=body</c> adds these. All filters can be combined. <c>facets</c> counts the
    /// matching articles by type, topic, expert, year and outlet.
    /// </remarks>
    private static async Task<Answer<FacetedPage<Article>>> List(
        ApiRequest request,
        FilterKeyReader keys,
        ILists index,
        ListedItems items,
        ArticleReader articles,
        RelatedLists related,
        ListTitles titles,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var window = PageWindow.From(query, ArticleFilter.Sort, reachesAll: true);
        if (window.Sort == "relevance")
            window = window with { Reach = WordMatches.MostRanked };
        var asked = query.Choices(ListParameters.Facets);
        if (query.Problem is { } problem)
            return problem;
        var included = await related.Of(request, cancel);
        return await index.Answer<Answer<FacetedPage<Article>>>(
            async state =>
            {
                var filter = await ArticleFilter.Read(query, keys, state, cancel);
                if (query.Problem is { } unknown)
                    return unknown;
                var (tags, names) = (request.Tags, request.Keys);
                filter.Keys.TagArticles(tags);
                if (filter.Search is not null || asked.Count > 0)
                {
                    tags.Everything();
                    if (filter.Search is not null && !state.Words.IsComplete)
                        tags.Pass();
                    names.Content();
                }
                var (page, search, found) = ArticleLists.Find(state, filter, window);
                var counts = ArticleFacets.Of(state, filter, found, asked);
                var isTitled = request.Format.HasTitle;
                if (isTitled)
                    request.Title = await titles.Of("Articles", filter.Keys, search?.Words, cancel);
                ListKeys.Name(
                    names,
                    filter.Keys,
                    "articles",
                    page.Rows.Count == 0,
                    isTitled,
                    isByMore: filter.ChangedFrom is not null || window.Sort is not ("-publishedAt" or "publishedAt" or "given"),
                    filter.PublishedYear
                );
                return await items.Answer(
                    request,
                    window,
                    state,
                    page,
                    PageAnswer.Faceted<Article>(search, included, counts),
                    articles.AsOf,
                    cancel
                );
            },
            cancel
        );
    }

    /// <summary>One article.</summary>
    /// <remarks>
    /// The article with its full text. <c>include</c> adds what a web page shows beside it: related articles, more on its topic, events and
    /// menus.
    /// </remarks>
    private static async Task<Answer<Item<Article, ArticleIncluded>>> Get(
        ApiRequest request,
        string slug,
        ArticleRepository articles,
        RelatedRepository related,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        if (await articles.Find(slug, request.Links, request.Tags, cancel) is not { } found)
            return await withdrawals.Answer<Item<Article, ArticleIncluded>>(request, "article", slug, cancel);
        return ItemAnswer.Of(request, found.Article, await related.Include(request, found, cancel));
    }

    /// <summary>Related articles, the closest first.</summary>
    /// <remarks>Articles that share topics and experts with this article: at most 20, without paging.</remarks>
    private static async Task<Answer<Page<Article>>> ListRelated(
        ApiRequest request,
        string slug,
        ArticleRepository articles,
        RelatedRepository related,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var limit = query.Number(RelatedLimit) ?? 6;
        if (query.Problem is { } problem)
            return problem;
        var links = request.Links;
        var tags = request.Tags;
        tags.Everything();
        if (await articles.Find(slug, links, tags, cancel) is not { } found)
            return await withdrawals.Answer<Page<Article>>(request, "article", slug, cancel);
        request.Title = $"Related to “{found.Article.Title}”";
        foreach (var place in RelatedRepository.RelatedPlaces(found.Article))
            request.Keys.List(place);
        return PageAnswer.Whole(request, await related.Related(found, limit, query.WantsBody, links, cancel), limit);
    }
}
