using Api.Contracts;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Listing;
using Api.Reading;
using Api.Reading.Search;

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
        services.AddSingleton<ArticleSearch>();
        services.AddSingleton<ArticleLists>();
        services.AddSingleton<ArticleFacets>();
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
                ListParameters.IncludeBody,
                ListParameters.Fields<Article>("title,experts.name"),
            ]);
        articles
            .MapGet("/{slug}", Get)
            .WithName("GetArticle")
            .WithFormats(ItemFormats.Article)
            .WithSlug("The `slug` of the article, as lists show it. One that it had before answers 301.", "a-longer-view")
            .WithParameters(Include, ListParameters.Fields<Article>());
        articles
            .MapGet("/{slug}/related", ListRelated)
            .WithName("ListRelatedArticles")
            .WithFormats(ListFormats.Articles)
            .WithSlug("The `slug` of the article, as lists show it. One that it had before answers 301.", "a-longer-view")
            .WithParameters(RelatedLimit, ListParameters.IncludeBody, ListParameters.Fields<Article>("title,publishedAt"));
    }

    /// <summary>Articles, newest first.</summary>
    /// <remarks>
    /// Published articles without their texts; <c>include=body</c> adds these. All filters can be combined. <c>facets</c> counts the
    /// matching articles by type, topic, expert, year and outlet.
    /// </remarks>
    private static async Task<Answer<FacetedPage<Article>>> List(
        ApiRequest request,
        FilterKeyReader keys,
        ListIndex index,
        ArticleLists lists,
        ListedItems items,
        ArticleRepository articles,
        ArticleFacets facets,
        ListTitles titles,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var window = PageWindow.From(query, ArticleFilter.Sort, reachesAll: true);
        if (window.Sort == "relevance")
            window = window with { Reach = TextSearch.MostRanked };
        var asked = query.Choices(ListParameters.Facets);
        if (query.Problem is { } problem)
            return problem;
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
                    names.Content();
                }
                if (await lists.Find(state, filter, window, cancel) is not var (page, corrected))
                    return null;
                var counts = await facets.Of(state, filter with { Search = corrected ?? filter.Search }, asked, cancel);
                var isTitled = request.Format.HasTitle;
                if (isTitled)
                    request.Title = await titles.Of("Articles", filter.Keys, corrected ?? filter.Search, cancel);
                ListKeys.Name(
                    names,
                    filter.Keys,
                    "articles",
                    page.Rows.Count == 0,
                    isTitled,
                    isByMore: filter.ChangedFrom is not null || window.Sort is not ("-publishedAt" or "publishedAt" or "given")
                );
                return await items.Answer(
                    request,
                    window,
                    state,
                    page,
                    PageAnswer.Faceted<Article>(corrected, counts),
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
    private static async Task<Answer<Item<Article>>> Get(
        ApiRequest request,
        string slug,
        ArticleRepository articles,
        RelatedRepository related,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var links = request.Links;
        var tags = request.Tags;
        if (await articles.Find(slug, links, tags, cancel) is not { } found)
            return await withdrawals.Answer<Item<Article>>(request, "article", slug, cancel);
        if (query.Has(Include))
            tags.Everything();
        RelatedRepository.Name(request.Keys, found.Article, query.Choices(Include));
        return ItemAnswer.Of(request, found.Article, await related.Include(found, query.Choices(Include), links, cancel));
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
        RelatedRepository.NameRelated(request.Keys, found.Article);
        return PageAnswer.Whole(request, await related.Related(found, limit, query.WantsBody, links, cancel), limit);
    }
}
