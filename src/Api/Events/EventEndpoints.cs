using Api.Contracts;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Http.Tags;
using Api.Listing;
using Api.Reading;

namespace Api.Events;

internal static class EventEndpoints
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventRepository>();
        services.AddSingleton<EventLists>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapGroup("/events").WithTag("Events", "What is held, past and future.");
        events
            .MapGet("/", List)
            .WithName("ListEvents")
            .WithFormats(ListFormats.Events)
            .WithParameters([
                .. EventFilter.Parameters,
                EventFilter.Sort,
                .. ListParameters.Paging,
                ListParameters.IncludeBody,
                ListParameters.Fields<Event>("title,startsAt,experts.name"),
            ]);
        events
            .MapGet("/{slug}", Get)
            .WithName("GetEvent")
            .WithFormats(ItemFormats.Event)
            .WithSlug("The `slug` of the event, as lists show it. One that it had before answers 301.", "sea-lanes")
            .WithParameters(ListParameters.Include("topicEvents", "menus"), ListParameters.Fields<Event>());
    }

    /// <summary>Events, the latest start first.</summary>
    /// <remarks>
    /// Past and upcoming events without their texts; <c>include=body</c> adds these. With <c>when=upcoming</c>, only events that have not
    /// ended, the next one first.
    /// </remarks>
    private static async Task<Answer<SearchedPage<Event>>> List(
        ApiRequest request,
        FilterKeyReader keys,
        ListIndex index,
        EventLists lists,
        ListedItems items,
        EventReader events,
        ListTitles titles,
        SiteCalendar calendar,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var (tags, names) = (request.Tags, request.Keys);
        if (request.Format == Format.Calendar)
            EventFilter.AssumeRecent(query, calendar, tags);
        var asked = PageWindow.From(query, EventFilter.Sort, EventFilter.UsualSort(query), reachesAll: true, EventFilter.IsRelative(query));
        if (query.Problem is { } problem)
            return problem;
        return await index.Answer<Answer<SearchedPage<Event>>>(
            async state =>
            {
                var window =
                    EventFilter.IsRelative(query) && asked.Cursor is null
                        ? asked with
                        {
                            Now = EventIndexQuery.LastEnd(state.Events.Items, asked.Now, tags),
                        }
                        : asked;
                var filter = await EventFilter.Read(query, window.Now, keys, state, cancel);
                if (query.Problem is { } unknown)
                    return unknown;
                filter.Keys.TagEvents(tags);
                if (filter.Search is not null)
                {
                    tags.Everything();
                    names.Content();
                }
                if (await lists.Find(state, filter, window, cancel) is not var (page, corrected))
                    return null;
                var isTitled = request.Format.HasTitle;
                if (isTitled)
                    request.Title = await titles.Of("Events", filter.Keys, corrected ?? filter.Search, cancel);
                ListKeys.Name(names, filter.Keys, "events", page.Rows.Count == 0, isTitled, isByMore: false);
                return await items.Answer(request, window, state, page, PageAnswer.Searched<Event>(corrected), events.AsOf, cancel);
            },
            cancel
        );
    }

    /// <summary>One event.</summary>
    /// <remarks>The event with its full text. <c>include</c> adds what a web page shows beside it.</remarks>
    private static async Task<Answer<Item<Event>>> Get(
        ApiRequest request,
        string slug,
        EventRepository events,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        var query = request.Query;
        var tags = request.Tags;
        if (await events.Find(slug, request.Links, tags, cancel) is not { } found)
            return await withdrawals.Answer<Item<Event>>(request, "event", slug, cancel);
        if (query.Includes("topicEvents") || query.Includes("menus"))
            tags.Everything();
        var names = request.Keys;
        if (query.Includes("topicEvents") && found.Event.Topics is [var topic, ..])
            names.List($"{CacheKey.Address("topics", topic.Slug)}/events");
        if (query.Includes("menus"))
            names.List("menus");
        return ItemAnswer.Of(request, found.Event, await events.Include(query, found, request.Links, cancel));
    }
}
