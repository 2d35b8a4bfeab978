using Api.Contracts;
using Api.Http;
using Api.Reading;

namespace Api.Articles;

internal static class ArticleEndpoints
{
    public static void AddArticles(this IServiceCollection services) => services.AddSingleton<ArticleRepository>();

    public static void MapArticles(this IEndpointRouteBuilder routes)
    {
        var articles = routes.MapGroup("/articles").WithTags("Articles");
        articles.MapGet("/", List).WithName("ListArticles").AnswersPage<Article>()
            .WithParameters([.. ArticleFilter.Parameters, ArticleFilter.Sort, .. ListParameters.Paging, ListParameters.IncludeBody, ListParameters.Fields<Article>("title,experts.name")]);
        articles.MapGet("/{slug}", Get).WithName("GetArticle").AnswersItem<Article>()
            .WithParameters(ListParameters.Include("related", "moreOnTopic", "topicEvents", "menus"), ListParameters.Fields<Article>());
    }

    /// <summary>Published articles, newest first.</summary>
    private static async Task<IResult> List(HttpContext http, FilterKeyReader keys, ArticleRepository articles, CancellationToken cancel)
    {
        var query = Query.Read(http);
        var window = PageWindow.From(query, ArticleFilter.Sort);
        var filter = await ArticleFilter.Read(query, keys, cancel);
        if (query.Problem is { } problem) return problem;
        var found = await articles.List(filter, window, query.WantsBody, Links.Of(http), cancel);
        return PageAnswer.Of(http, query, window, found);
    }

    /// <summary>One article, whole.</summary>
    private static async Task<IResult> Get(HttpContext http, string slug, ArticleRepository articles, Departures departures, CancellationToken cancel)
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem) return problem;
        if (await articles.Find(slug, Links.Of(http), cancel) is not { } found)
            return await departures.Answer(http, query, "article", slug, cancel);
        return ItemAnswer.Of(query, found.Article);
    }
}
