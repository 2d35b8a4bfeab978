using Api.Contracts;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Tags;
using Api.Reading;
using Api.Reading.Search;

namespace Api.Experts;

internal static class ExpertEndpoints
{
    public static void AddExperts(this IServiceCollection services) => services.AddSingleton<ExpertRepository>();

    public static void MapExperts(this IEndpointRouteBuilder routes)
    {
        var experts = routes.MapGroup("/experts").WithTag("Experts", "The people who write and speak.");
        experts
            .MapGet("/", List)
            .WithName("ListExperts")
            .WithFormats(ListFormats.Experts)
            .WithParameters([
                .. ExpertFilter.Parameters,
                NamedList.Sort,
                .. ListParameters.Paging,
                ListParameters.IncludeBody,
                ListParameters.Fields<Expert>("name,topics.name"),
            ]);
        experts
            .MapGet("/{slug}", Get)
            .WithName("GetExpert")
            .WithFormats(ItemFormats.Expert)
            .WithSlug("The `slug` of the expert, as lists show it. One that they had before answers 301.", "ada-moreau")
            .WithParameters(ListParameters.Fields<Expert>());
    }

    /// <summary>Experts, by family name.</summary>
    /// <remarks>The people behind the articles and events, without their biographies; <c>include=body</c> adds these.</remarks>
    private static async Task<Answer<SearchedPage<Expert>>> List(
        ApiRequest request,
        FilterKeyReader keys,
        ExpertRepository experts,
        Spelling spelling,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var window = PageWindow.From(query, NamedList.Sort);
        var filter = await ExpertFilter.Read(query, keys, cancel);
        if (query.Problem is { } problem)
            return problem;
        var (found, corrected) = await spelling.Find(
            filter.Search,
            search => experts.List(filter with { Search = search }, window, query.WantsBody, request.Links, cancel),
            cancel
        );
        var names = request.Keys;
        if (filter.Search is not null || NamedList.IsByCounts(window))
            names.Content();
        ListKeys.NameNamed(names, filter.Keys, "experts", found.Items.Count == 0);
        // Which experts have an article on a topic depends on the list of articles on that topic.
        foreach (var topic in filter.Topics is null ? [] : filter.Keys.Values.Groups.First(group => group[0].Parameter.Name == "topic"))
            names.List($"{CacheKey.Address("topics", topic.Slug)}/articles");
        return PageAnswer.Of(request, window, found, PageAnswer.Searched<Expert>(corrected));
    }

    /// <summary>One expert.</summary>
    /// <remarks>The expert with the biography, and links to the articles, events and feeds.</remarks>
    private static async Task<Answer<Item<Expert>>> Get(
        ApiRequest request,
        string slug,
        ExpertRepository experts,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        if (await experts.Find(slug, request.Links, cancel) is not { } expert)
            return await withdrawals.Answer<Item<Expert>>(request, "expert", slug, cancel);
        return ItemAnswer.Of(request, expert);
    }
}
