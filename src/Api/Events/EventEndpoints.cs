using Api.Contracts;
using Api.Formats;
using Api.Http;
using Api.Http.Caching;
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
        var events = routes.MapGroup("/events").WithTags("Events");
        events.MapGet("/", List).WithName("ListEvents").AnswersSearchedPage<Event>().WithFormats(ListFormats.Events)
            .WithParameters([.. EventFilter.Parameters, EventFilter.Sort, .. ListParameters.Paging, ListParameters.IncludeBody, ListParameters.Fields<Event>("title,startsAt,experts.name")]);
        events.MapGet("/{slug}", Get).WithName("GetEvent").AnswersItem<Event>().WithFormats(ItemFormats.Event)
            .WithSlug("The `slug` of the event, as lists show it. One that it had before answers 301.", "sea-lanes")
            .WithParameters(ListParameters.Include("topicEvents", "menus"), ListParameters.Fields<Event>());
    }

    /// <summary>Events, the latest start first.</summary>
    /// <remarks>Past ones and those to come, without their texts, which <c>include=body</c> adds. With <c>when=upcoming</c> those that have not ended, the next one first.</remarks>
    private static async Task<IResult> List(HttpContext http, FilterKeyReader keys, EventLists lists, EventRepository events, Spelling spelling, ListTitles titles, SiteCalendar calendar, CancellationToken cancel)
    {
        var query = Query.Read(http);
        var tags = AnswerTags.Of(http);
        var state = lists.Current;
        if (Format.Of(http) == Format.Calendar) EventFilter.AssumeRecent(query, calendar, tags);
        var window = PageWindow.From(query, EventFilter.Sort, EventFilter.UsualSort(query), reachesAll: true, EventFilter.IsRelative(query));
        if (EventFilter.IsRelative(query) && window.Cursor is null)
            window = window with { Now = await events.LastEnd(window.Now, state, tags, cancel) };
        var filter = await EventFilter.Read(query, window, keys, cancel);
        if (query.Problem is { } problem) return problem;
        filter.Keys.TagEvents(tags);
        if (filter.Search is not null) tags.Everything();
        var isTitled = Format.Of(http).HasTitle;
        var names = AnswerKeys.Of(http);
        if (filter.Search is null && state is not null)
        {
            if (isTitled) AnswerTitle.Set(http, await titles.Of("Events", filter.Keys, null, cancel));
            if (!query.WantsBody && Format.Of(http) == Format.Json)
            {
                if (await lists.Ready(state, filter, window, tags, cancel) is { } ready)
                {
                    Name(ready.Items.Count == 0);
                    return PageAnswer.Ready(http, query, window, ready, page => new SearchedPage<Event>([], page.PageInfo, page.Links, null));
                }
            }
            else if (await lists.Whole(state, filter, window, query.WantsBody, Links.Of(http), tags, cancel) is { } whole)
            {
                Name(whole.Items.Count == 0);
                return PageAnswer.Searched(http, query, window, whole, null);
            }
        }
        if (window.IsTooDeep) return Problems.ListsNotRead();
        var (found, corrected) = await spelling.Find(filter.Search, search => events.List(filter with { Search = search }, window, query.WantsBody, Links.Of(http), tags, cancel), cancel);
        if (isTitled) AnswerTitle.Set(http, await titles.Of("Events", filter.Keys, corrected ?? filter.Search, cancel));
        if (filter.Search is not null) names.Content();
        Name(found.Items.Count == 0);
        return PageAnswer.Searched(http, query, window, found, corrected);

        void Name(bool foundNothing) => ListKeys.Name(names, filter.Keys, "events", foundNothing, isTitled, isByMore: false);
    }

    /// <summary>One event.</summary>
    /// <remarks>The event with its whole text; <c>include</c> adds what a page of it shows beside that.</remarks>
    private static async Task<IResult> Get(HttpContext http, string slug, EventRepository events, Departures departures, CancellationToken cancel)
    {
        var query = Query.Read(http);
        if (query.Problem is { } problem) return problem;
        var tags = AnswerTags.Of(http);
        if (await events.Find(slug, Links.Of(http), tags, cancel) is not { } found)
            return await departures.Answer(http, query, "event", slug, cancel);
        if (query.Includes("topicEvents") || query.Includes("menus")) tags.Everything();
        var names = AnswerKeys.Of(http);
        if (query.Includes("topicEvents") && found.Event.Topics is [var topic, ..]) names.List($"{CacheKey.Address("topics", topic.Slug)}/events");
        if (query.Includes("menus")) names.List("menus");
        return ItemAnswer.Of(http, query, found.Event, await events.Include(query, found, Links.Of(http), cancel));
    }
}
