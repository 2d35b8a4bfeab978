using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
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
            .WithFormats(ListFormats.ArticleTypes)
            .WithParameters([Sort, .. ListParameters.Paging, ListParameters.Fields<ArticleType>("label,articleCount")])
            .MayPreview();
        types
            .MapGet("/{slug}", Get)
            .WithName("GetArticleType")
            .WithSlug("The `slug` of the type, as articles show it.", "op-ed")
            .WithParameters(ListParameters.Fields<ArticleType>("label"))
            .MayPreview();
    }

    /// <summary>Article types.</summary>
    /// <remarks>All article types, each with its number of published articles.</remarks>
    private static async Task<Answer<Page<ArticleType>>> List(ApiRequest request, ArticleTypeRepository types, CancellationToken cancel)
    {
        var query = request.Query;
        var window = PageWindow.From(query, Sort);
        if (query.Problem is { } problem)
            return problem;
        request.Keys.List("article-types");
        return PageAnswer.Of(request, window, await types.List(window, request.Links, cancel));
    }

    /// <summary>One article type.</summary>
    /// <remarks>The article type with its labels and its number of published articles.</remarks>
    private static async Task<Answer<Item<ArticleType, Included>>> Get(
        ApiRequest request,
        string slug,
        ArticleTypeRepository types,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        return await types.Find(slug, request.Links, cancel) is { } type
            ? ItemAnswer.Of(request, type)
            : await withdrawals.Answer<Item<ArticleType, Included>>(request, "articleType", slug, cancel);
    }
}
