using Api.Contracts;
using Api.Contracts.Lists;
using Api.Contracts.Site;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;

namespace Api.Site;

internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/pages").WithTag("Site", "The index of the API, menus, pages, and where old addresses lead.");
        pages
            .MapGet("/", List)
            .WithName("ListPages")
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
            .WithSlug("The `slug` of the page, as lists show it. One that it had before answers 301.", "about")
            .WithParameters(ListParameters.Include("menus"), ListParameters.Fields<SitePage>());
    }

    /// <summary>Pages of the site, by title.</summary>
    /// <remarks>Standing pages such as "About us", without their texts; <c>include=body</c> adds these.</remarks>
    private static async Task<Answer<Page<SitePage>>> List(ApiRequest request, PageRepository pages, CancellationToken cancel)
    {
        var query = request.Query;
        var window = PageWindow.From(query, PageFilter.Sort);
        var filter = await PageFilter.Read(query, pages, cancel);
        if (query.Problem is { } problem)
            return problem;
        PageFilter.Name(request.Keys, query, filter, window);
        var found = await pages.List(filter, window, query.WantsBody, request.Links, cancel);
        return PageAnswer.Of(request, window, found);
    }

    /// <summary>One page of the site.</summary>
    /// <remarks>The page with its full text; <c>include=menus</c> adds the menus.</remarks>
    private static async Task<Answer<Item<SitePage>>> Get(
        ApiRequest request,
        string slug,
        PageRepository pages,
        MenuReader menus,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        if (await pages.Find(slug, request.Links, cancel) is not { } page)
            return await withdrawals.Answer<Item<SitePage>>(request, "page", slug, cancel);
        if (query.Includes("menus"))
            request.Keys.List("menus");
        return ItemAnswer.Of(
            request,
            page,
            query.Includes("menus") ? new Included { Menus = await menus.List(request.Links, cancel) } : null
        );
    }
}
