using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Reading;

namespace Api.Site;

internal static class MenuEndpoints
{
    private static readonly Parameter Sort = ListParameters.Sort("slug", "-slug");

    public static void MapMenus(this IEndpointRouteBuilder routes)
    {
        var menus = routes.MapGroup("/menus").WithTags("Site");
        menus
            .MapGet("/", List)
            .WithName("ListMenus")
            .WithParameters([Sort, .. ListParameters.Paging, ListParameters.Fields<Menu>("label,items.label,items.url")])
            .MayPreview();
        menus
            .MapGet("/{slug}", Get)
            .WithName("GetMenu")
            .WithSlug("The `slug` of the menu, as the list shows it. One that it had before answers 301.", "main")
            .WithParameters(ListParameters.Fields<Menu>())
            .MayPreview();
    }

    /// <summary>Menus of the site.</summary>
    /// <remarks>Each menu as a tree of entries.</remarks>
    private static async Task<Answer<Page<Menu>>> List(ApiRequest request, MenuReader menus, CancellationToken cancel)
    {
        var query = request.Query;
        var window = PageWindow.From(query, Sort);
        if (query.Problem is { } problem)
            return problem;
        request.Keys.List("menus");
        return PageAnswer.Of(request, window, PageOf(await menus.List(request.Links, cancel), window));
    }

    /// <summary>One menu.</summary>
    /// <remarks>The menu as a tree. An entry whose target is not published is left out, and the entries below it take its place.</remarks>
    private static async Task<Answer<Item<Menu, Included>>> Get(
        ApiRequest request,
        string slug,
        MenuReader menus,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        return await menus.Find(slug, request.Links, cancel) is { } menu
            ? ItemAnswer.Of(request, menu)
            : await withdrawals.Answer<Item<Menu, Included>>(request, "menu", slug, cancel);
    }

    // A site has only a few menus, so all are read and the page is cut here.
    private static Found<Menu> PageOf(IReadOnlyList<Menu> menus, PageWindow window)
    {
        var descending = window.Sort.StartsWith('-') != window.Backward;
        var ordered = descending
            ? menus.OrderByDescending(menu => menu.Slug, StringComparer.Ordinal)
            : menus.OrderBy(menu => menu.Slug, StringComparer.Ordinal);
        var rows = ordered
            .Where(menu => window.At is not { } at || string.CompareOrdinal(menu.Slug, at.Text ?? "") * (descending ? -1 : 1) > 0)
            .Skip((int)window.Offset)
            .Take(window.Take)
            .ToList();
        var total = window.Count == CountKind.None ? Total.None : Total.Exact(menus.Count);
        // Slugs are unique among menus, so sorting needs no second value.
        return Found<Menu>.From(rows, window, menu => Position.At(menu.Slug, Guid.Empty), menu => menu, total);
    }
}
