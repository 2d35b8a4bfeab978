using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Contracts.Site;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;

namespace Api.Site;

internal static class RedirectEndpoints
{
    private static readonly Parameter Sort = ListParameters.Sort("from", "-from") with
    {
        Description = "The order of the list, by path; `-` is descending.",
    };

    private const string PathDescription =
        "A path of the site, old or new, from its leading slash, or a whole URL of the site. A trailing slash, a fragment and (where no redirect has it) a query make no difference; percent-encoded or not, neither.";

    private static readonly Parameter Path = Parameter.Text("path", PathDescription, "/2019/04/old-title", SitePath.MaxBytes) with
    {
        Required = true,
    };

    public static void MapRedirects(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/redirects", List)
            .WithName("ListRedirects")
            .WithTags("Site")
            .WithFormats(ListFormats.Redirects)
            .WithParameters([Sort, .. ListParameters.Paging, ListParameters.Fields<Redirect>("from,url")]);
        routes.MapGet("/resolve", Resolve).WithName("Resolve").WithTags("Site").MayFindNothing().WithParameters(Path).MayPreview();
    }

    /// <summary>Redirects of old addresses.</summary>
    /// <remarks>Where each address of the old site leads today. A front end answers such an address with a 301.</remarks>
    private static async Task<Answer<Page<Redirect>>> List(ApiRequest request, RedirectRepository redirects, CancellationToken cancel)
    {
        var query = request.Query;
        var window = PageWindow.From(query, Sort);
        if (query.Problem is { } problem)
            return problem;
        request.Keys.List("redirects");
        return PageAnswer.Of(request, window, await redirects.List(window, request.Links, cancel));
    }

    /// <summary>What an address of the site stands for.</summary>
    /// <remarks>
    /// Resolves an address of the site, old or new, to the resource and slug it leads to today and the status a front end should answer. A
    /// redirect takes precedence over a page that once had the address.
    /// </remarks>
    private static async Task<Answer<Item<Resolution, Included>>> Resolve(
        ApiRequest request,
        RedirectRepository redirects,
        SiteSettings site,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var path = query.Text(Path) is { } text ? SitePath.Read(text, site) : null;
        if (path is null && query.Text(Path) is { } other)
            query.Fail(QueryProblems.InvalidParameter(Path, other, $"a path that starts with a slash, or a URL on {site.Url}"));
        if (query.Problem is { } problem)
            return problem;
        if (await redirects.Resolve(path!, request.Links, cancel) is { } resolution)
            return ItemAnswer.Of(request, resolution);
        return path!.Archive is { } days
            ? Problems.ArchiveOfDates(path.Path, days.First, days.Last)
            : Problems.NotFound("address", path.Path);
    }
}
