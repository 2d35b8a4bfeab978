using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Listing;
using Api.Reading;
using Api.Reading.Named;
using Api.Reading.Search;
using Api.Related;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Topics;

internal static class TopicEndpoints
{
    public static void AddTopics(this IServiceCollection services)
    {
        services.AddSingleton<TopicRepository>();
        services.AddSingleton<RelatedToTopic>();
    }

    public static void MapTopics(this IEndpointRouteBuilder routes)
    {
        var topics = routes.MapGroup("/topics").WithTag("Topics", "Regions, countries, issues and programs, in a hierarchy.");
        // Two response shapes, each with its own schema: view=tree returns trees, anything else topics.
        topics.MapGet("/", List).WithName("ListTopics").WithFormats(ListFormats.Topics).WithParameters(TopicView.Parameters).MayPreview();
        topics
            .MapGet("/{slug}", Get)
            .WithName("GetTopic")
            .WithSlug(
                "The `slug` of the topic, as lists show it. One that it had before, or of a topic merged into another, answers 301.",
                "china"
            )
            .WithParameters(ListParameters.Include([.. RelatedToTopic.Includable]), ListParameters.Fields<Topic, TopicIncluded>())
            .MayPreview();
    }

    /// <summary>Topics, by name.</summary>
    /// <remarks>
    /// Regions, countries, issues and programs under which articles and events are filed. With <c>view=tree</c>, all topics as a nested
    /// tree on one page.
    /// </remarks>
    private static async Task<Results<Answer<SearchedPage<Topic>>, Answer<Page<TopicTree>>>> List(
        ApiRequest request,
        FilterKeyReader keys,
        TopicRepository topics,
        RelatedLists related,
        ILists lists,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var isTree = TopicView.IsTree(query);
        var window = PageWindow.From(query, NamedList.Sort);
        var filter = await TopicFilter.Read(query, keys, cancel);
        if (query.Problem is { } problem)
            return (Answer<SearchedPage<Topic>>)problem;
        var names = request.Keys;
        if (isTree)
        {
            names.List("topics");
            var trees = await topics.Trees(request.Links, cancel);
            return PageAnswer.Whole(request, trees, Math.Max(1, trees.Count));
        }
        var match = await NamedMatch.Of(lists, filter.Search, "topic", request.Tags, cancel);
        var found = await topics.List(filter, match?.Items, window, request.Links, cancel);
        if (filter.Search is not null || NamedList.IsByCounts(window))
            names.Content();
        ListKeys.NameNamed(names, filter.Keys, "topics", found.Items.Count == 0);
        return PageAnswer.Of(request, window, found, PageAnswer.Searched<Topic>(match?.Search, await related.Of(request, cancel)));
    }

    /// <summary>One topic.</summary>
    /// <remarks>
    /// The topic with its ancestors, its direct subtopics, and links to its articles, events and feeds. <c>include</c> adds what a web page
    /// shows beside it.
    /// </remarks>
    private static async Task<Answer<Item<Topic, TopicIncluded>>> Get(
        ApiRequest request,
        string slug,
        TopicRepository topics,
        RelatedToTopic related,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        if (await topics.Find(slug, request.Links, cancel) is not { } found)
            return await withdrawals.Answer<Item<Topic, TopicIncluded>>(request, "topic", slug, cancel);
        return ItemAnswer.Of(request, found.Topic, await related.Include(request, found, cancel));
    }
}
