using Api.Contracts;
using Api.Http;
using Api.Reading;

namespace Api.Experts;

internal static class ExpertEndpoints
{
    public static void AddExperts(this IServiceCollection services) => services.AddSingleton<ExpertRepository>();

    public static void MapExperts(this IEndpointRouteBuilder routes)
    {
        var experts = routes.MapGroup("/experts").WithTags("Experts");
        experts.MapGet("/", List).WithName("ListExperts").AnswersPage<Expert>()
            .WithParameters([.. ExpertFilter.Parameters, NamedList.Sort, .. ListParameters.Paging, ListParameters.IncludeBody, ListParameters.Fields<Expert>("name,topics.name")]);
        experts.MapGet("/{slug}", Get).WithName("GetExpert").AnswersItem<Expert>()
            .WithSlug("The `slug` of the expert, as lists show it. One that they had before answers 301.", "ada-moreau")
            .WithParameters(ListParameters.Fields<Expert>());
    }

    /// <summary>The people behind the articles, by family name.</summary>
    private static async Task<IResult> List(HttpContext http, FilterKeyReader keys, ExpertRepository experts, CancellationToken cancel)
    {
        var query = Query.Read(http);
        var window = PageWindow.From(query, NamedList.Sort);
        var filter = await ExpertFilter.Read(query, keys, cancel);
        if (query.Problem is { } problem) return problem;
        var found = await experts.List(filter, window, query.WantsBody, Links.Of(http), cancel);
        return PageAnswer.Of(http, query, window, found);
    }

    /// <summary>One expert, with the biography.</summary>
    private static async Task<IResult> Get(HttpContext http, string slug, ExpertRepository experts, Departures departures, CancellationToken cancel)
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem) return problem;
        if (await experts.Find(slug, Links.Of(http), cancel) is not { } expert)
            return await departures.Answer(http, query, "expert", slug, cancel);
        return ItemAnswer.Of(query, expert);
    }
}
