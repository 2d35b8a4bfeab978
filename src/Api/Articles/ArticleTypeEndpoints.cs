using Api.Contracts;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Caching;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Reading;

namespace Api.Articles;

internal static class ArticleTypeEndpoints
{
    private static readonly Parameter Sort = ListParameters.Sort("label", "-label");

    public static void MapArticleTypes(this IEndpointRouteBuilder routes)
    {
        var types = routes.MapGroup("/article-types").WithTags("Articles");
        types
            .MapGet("/", List)
            .WithName("ListArticleTypes")
            .AnswersPage<ArticleType>()
            .WithFormats(ListFormats.ArticleTypes)
            .WithParameters([Sort, .. ListParameters.Paging, ListParameters.Fields<ArticleType>("label,articleCount")]);
        types
            .MapGet("/{slug}", Get)
            .WithName("GetArticleType")
            .AnswersItem<ArticleType>()
            .WithSlug("The `slug` of the type, as articles show it.", "op-ed")
            .WithParameters(ListParameters.Fields<ArticleType>("label"));
    }

    /// <summary>Article types.</summary>
    /// <remarks>All article types, each with its number of published articles.</remarks>
    private static async Task<IResult> List(HttpContext http, ArticleTypeRepository types, CancellationToken cancel)
    {
        var query = Query.Read(http);
        var window = PageWindow.From(query, Sort);
        if (query.Problem is { } problem)
            return problem;
        AnswerKeys.Of(http).List("article-types");
        return PageAnswer.Of(http, query, window, await types.List(window, Links.Of(http), cancel));
    }

    /// <summary>One article type.</summary>
    /// <remarks>The article type with its labels and its number of published articles.</remarks>
    private static async Task<IResult> Get(
        HttpContext http,
        string slug,
        ArticleTypeRepository types,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem)
            return problem;
        return await types.Find(slug, Links.Of(http), cancel) is { } type
            ? ItemAnswer.Of(http, query, type)
            : await withdrawals.Answer(http, query, "articleType", slug, cancel);
    }
}
