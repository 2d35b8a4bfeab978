using Api.Contracts;
using Api.Http.Answers;
using Api.Http.Caching;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
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
            .AnswersPage<Menu>()
            .WithParameters([Sort, .. ListParameters.Paging, ListParameters.Fields<Menu>("label,items.label,items.url")]);
        menus
            .MapGet("/{slug}", Get)
            .WithName("GetMenu")
            .AnswersItem<Menu>()
            .WithSlug("The `slug` of the menu, as the list shows it. One that it had before answers 301.", "main")
            .WithParameters(ListParameters.Fields<Menu>());
    }

    /// <summary>Menus of the site.</summary>
    /// <remarks>Each menu as a tree of entries.</remarks>
    private static async Task<IResult> List(HttpContext http, MenuReader menus, CancellationToken cancel)
    {
        var query = Query.Read(http);
        var window = PageWindow.From(query, Sort);
        if (query.Problem is { } problem)
            return problem;
        AnswerKeys.Of(http).List("menus");
        return PageAnswer.Of(http, query, window, PageOf(await menus.List(Links.Of(http), cancel), window));
    }

    /// <summary>One menu.</summary>
    /// <remarks>The menu as a tree. An entry whose target is not published is left out, and the entries below it take its place.</remarks>
    private static async Task<IResult> Get(
        HttpContext http,
        string slug,
        MenuReader menus,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem)
            return problem;
        return await menus.Find(slug, Links.Of(http), cancel) is { } menu
            ? ItemAnswer.Of(http, query, menu)
            : await withdrawals.Answer(http, query, "menu", slug, cancel);
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
