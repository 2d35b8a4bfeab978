using Api.Contracts;
using Api.Contracts.Cards;
using Api.Contracts.Lists;
using Api.Formats;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Listing;
using Api.Reading;
using Api.Related;

namespace Api.Events;

internal static class EventEndpoints
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventRepository>();
        services.AddSingleton<RelatedEvents>();
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
                ListParameters.IncludeInList,
                ListParameters.Fields<Event, ListIncluded>("title,startsAt,experts.name"),
            ])
            .MayPreview();
        events
            .MapGet("/{slug}", Get)
            .WithName("GetEvent")
            .WithFormats(ItemFormats.Event)
            .WithSlug("The `slug` of the event, as lists show it. One that it had before answers 301.", "sea-lanes")
            .WithParameters(ListParameters.Include([.. RelatedEvents.Includable]), ListParameters.Fields<Event, EventIncluded>())
            .MayPreview();
    }

    /// <summary>Events, the latest start first.</summary>
    /// <remarks>
    /// Past and upcoming events without their texts; <c>include=body</c> adds these. With <c>when=upcoming</c>, only events that have not
    /// ended, the next one first.
    /// </remarks>
    private static async Task<Answer<SearchedPage<Event>>> List(
        ApiRequest request,
        FilterKeyReader keys,
        ILists index,
        ListedItems items,
        EventReader events,
        RelatedLists related,
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
        var included = await related.Of(request, cancel);
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
                    if (!state.Words.IsComplete)
                        tags.Pass();
                    names.Content();
                }
                var (page, search) = EventLists.Find(state, filter, window);
                var isTitled = request.Format.HasTitle;
                if (isTitled)
                    request.Title = await titles.Of("Events", filter.Keys, search?.Words, cancel);
                ListKeys.Name(names, filter.Keys, "events", page.Rows.Count == 0, isTitled, isByMore: false);
                return await items.Answer(request, window, state, page, PageAnswer.Searched<Event>(search, included), events.AsOf, cancel);
            },
            cancel
        );
    }

    /// <summary>One event.</summary>
    /// <remarks>The event with its full text. <c>include</c> adds what a web page shows beside it.</remarks>
    private static async Task<Answer<Item<Event, EventIncluded>>> Get(
        ApiRequest request,
        string slug,
        EventRepository events,
        RelatedEvents related,
        Withdrawals withdrawals,
        CancellationToken cancel
    )
    {
        if (await events.Find(slug, request.Links, request.Tags, cancel) is not { } found)
            return await withdrawals.Answer<Item<Event, EventIncluded>>(request, "event", slug, cancel);
        return ItemAnswer.Of(request, found.Event, await related.Include(request, found, cancel));
    }
}
