using Api.Contracts;
using Api.Contracts.Site;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Caching;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Reading;

namespace Api.Site;

internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/pages").WithTags("Site");
        pages
            .MapGet("/", List)
            .WithName("ListPages")
            .AnswersPage<SitePage>()
            .WithFormats(ListFormats.Pages)
            .WithParameters([
                .. PageFilter.Parameters,
                PageFilter.Sort,
                .. ListParameters.Paging,
                ListParameters.IncludeBody,
                ListParameters.Fields<SitePage>("title,url"),
            ]);
        pages
            .MapGet("/{slug}", Get)
            .WithName("GetPage")
            .AnswersItem<SitePage>()
            .WithSlug("The `slug` of the page, as lists show it. One that it had before answers 301.", "about")
            .WithParameters(ListParameters.Include("menus"), ListParameters.Fields<SitePage>());
    }

    /// <summary>Pages of the site, by title.</summary>
    /// <remarks>Standing pages such as "About us", without their texts; <c>include=body</c> adds these.</remarks>
    private static async Task<IResult> List(HttpContext http, PageRepository pages, CancellationToken cancel)
    {
        var query = Query.Read(http);
        var window = PageWindow.From(query, PageFilter.Sort);
        var filter = await PageFilter.Read(query, pages, cancel);
        if (query.Problem is { } problem)
            return problem;
        PageFilter.Name(AnswerKeys.Of(http), query, filter, window);
        var found = await pages.List(filter, window, query.WantsBody, Links.Of(http), cancel);
        return PageAnswer.Of(http, query, window, found);
    }

    /// <summary>One page of the site.</summary>
    /// <remarks>The page with its full text; <c>include=menus</c> adds the menus.</remarks>
    private static async Task<IResult> Get(
        HttpContext http,
        string slug,
        PageRepository pages,
        MenuReader menus,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem)
            return problem;
        if (await pages.Find(slug, Links.Of(http), cancel) is not { } page)
            return await withdrawals.Answer(http, query, "page", slug, cancel);
        if (query.Includes("menus"))
            AnswerKeys.Of(http).List("menus");
        return ItemAnswer.Of(
            http,
            query,
            page,
            query.Includes("menus") ? new Included { Menus = await menus.List(Links.Of(http), cancel) } : null
        );
    }
}
