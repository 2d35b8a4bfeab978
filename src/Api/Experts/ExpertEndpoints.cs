using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Tags;
using Api.Listing;
using Api.Reading;
using Api.Reading.Named;
using Api.Reading.Search;
using Api.Related;

namespace Api.Experts;

internal static class ExpertEndpoints
{
    public static void AddExperts(this IServiceCollection services)
    {
        services.AddSingleton<ExpertRepository>();
        services.AddSingleton<RelatedToExpert>();
    }

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
                ListParameters.IncludeInList,
                ListParameters.Fields<Expert, ListIncluded>("name,topics.name"),
            ])
            .MayPreview();
        experts
            .MapGet("/{slug}", Get)
            .WithName("GetExpert")
            .WithFormats(ItemFormats.Expert)
            .WithSlug("The `slug` of the expert, as lists show it. One that they had before answers 301.", "ada-moreau")
            .WithParameters(ListParameters.Include([.. RelatedToExpert.Includable]), ListParameters.Fields<Expert, ExpertIncluded>())
            .MayPreview();
    }

    /// <summary>Experts, by family name.</summary>
    /// <remarks>The people behind the articles and events, without their biographies; <c>include=body</c> adds these.</remarks>
    private static async Task<Answer<SearchedPage<Expert>>> List(
        ApiRequest request,
        FilterKeyReader keys,
        ExpertRepository experts,
        RelatedLists related,
        ILists lists,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var window = PageWindow.From(query, NamedList.Sort);
        var filter = await ExpertFilter.Read(query, keys, cancel);
        if (query.Problem is { } problem)
            return problem;
        var match = await NamedMatch.Of(lists, filter.Search, "expert", request.Tags, cancel);
        var found = await experts.List(filter, match?.Items, window, query.WantsBody, request.Links, cancel);
        var names = request.Keys;
        if (filter.Search is not null || NamedList.IsByCounts(window))
            names.Content();
        ListKeys.NameNamed(names, filter.Keys, "experts", found.Items.Count == 0);
        // Which experts have an article on a topic depends on the list of articles on that topic.
        foreach (var topic in filter.Topics is null ? [] : filter.Keys.Values.Groups.First(group => group[0].Parameter.Name == "topic"))
            names.List($"{CacheKey.Address("topics", topic.Slug)}/articles");
        return PageAnswer.Of(request, window, found, PageAnswer.Searched<Expert>(match?.Search, await related.Of(request, cancel)));
    }

    /// <summary>One expert.</summary>
    /// <remarks>
    /// The expert with the biography, and links to the articles, events and feeds. <c>include</c> adds what a web page shows beside it.
    /// </remarks>
    private static async Task<Answer<Item<Expert, ExpertIncluded>>> Get(
        ApiRequest request,
        string slug,
        ExpertRepository experts,
        RelatedToExpert related,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        if (await experts.Find(slug, request.Links, cancel) is not { } found)
            return await withdrawals.Answer<Item<Expert, ExpertIncluded>>(request, "expert", slug, cancel);
        return ItemAnswer.Of(request, found.Expert, await related.Include(request, found, cancel));
    }
}
