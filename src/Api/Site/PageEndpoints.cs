using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Contracts.Site;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;
using Api.Related;

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
            ])
            .MayPreview();
        pages
            .MapGet("/{slug}", Get)
            .WithName("GetPage")
            .WithSlug("The `slug` of the page, as lists show it. One that it had before answers 301.", "about")
            .WithParameters(ListParameters.Include("menus"), ListParameters.Fields<SitePage>())
            .MayPreview();
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
    private static async Task<Answer<Item<SitePage, Included>>> Get(
        ApiRequest request,
        string slug,
        PageRepository pages,
        RelatedCards related,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        if (await pages.Find(slug, request.Links, cancel) is not { } page)
            return await withdrawals.Answer<Item<SitePage, Included>>(request, "page", slug, cancel);
        return ItemAnswer.Of(
            request,
            page,
            request.Query.IncludesRelated ? new Included { Menus = await related.Menus(request, cancel) } : null
        );
    }
}
