using System.Globalization;
using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Http.Tags;
using Api.Listing;
using Api.Reading;

namespace Api.Events;

/// <summary>The filter of a list of events, and its query parameters.</summary>
internal sealed record EventFilter
{
    private const int RecentDays = 90;

    private static readonly Parameter When = Parameter.Choice(
        "when",
        "`upcoming`: events that have not ended; `past`: those that have. An event without an end ends when it starts. Measured at the first page of a walk.",
        ["upcoming", "past", "all"],
        "all",
        "all"
    );
    private static readonly Parameter Mode = Parameter.Choices(
        "mode",
        "Events held in any of these ways.",
        ["virtual", "in-person", "hybrid"],
        "virtual"
    );
    private static readonly Parameter Status = Parameter.Choices(
        "status",
        "Events of any of these statuses.",
        ["scheduled", "postponed", "cancelled"],
        "scheduled"
    );
    private static readonly Parameter Topic = Parameter.Slugs(
        "topic",
        "Events on any of these topics or a topic below them.",
        "china",
        "topicAll"
    );
    private static readonly Parameter TopicAll = Parameter.Slugs(
        "topicAll",
        "Events on all of these topics, or topics below them.",
        "asia,maritime-security"
    );
    private static readonly Parameter Expert = Parameter.Slugs("expert", "Events with any of these experts.", "ada-moreau", "expertAll");
    private static readonly Parameter ExpertAll = Parameter.Slugs("expertAll", "Events with all of these experts.", "ada-moreau");
    private static readonly Parameter Role = Parameter.Slugs(
        "role",
        "Events with the experts of `expert` or `expertAll` in any of these roles; alone, with any expert in one of them.",
        "moderator"
    );
    private static readonly Parameter StartsFrom = Parameter.Date(
        "startsFrom",
        "Events that start on or after this day or instant. Of events of whole days a day is compared with `startsOn`.",
        "2020-01-01"
    );
    private static readonly Parameter StartsTo = Parameter.Date(
        "startsTo",
        "Events that start on or before this day or instant. Of events of whole days a day is compared with `startsOn`.",
        "2027-12-31"
    );
    private static readonly Parameter Slug = Parameter.Slugs(
        "slug",
        "Just these events; slugs that do not exist are skipped. Together with `sort=given` a curated list."
    ) with
    {
        Ordered = true,
    };
    private static readonly Parameter ExcludeTopic = Parameter.Slugs("excludeTopic", "No events on these topics or a topic below them.");
    private static readonly Parameter Exclude = Parameter.Slugs("exclude", "Not these events; slugs that do not exist are skipped.");

    /// <summary>The sort orders of the list.</summary>
    public static readonly Parameter Sort = ListParameters.Sort("-startsAt", "startsAt", "given") with
    {
        Description =
            "The order of the list; `-` is descending. Ties are ordered by the immutable id. With `when=upcoming` the default is `startsAt`.",
    };

    /// <summary>All filter parameters.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        When,
        Mode,
        Status,
        Topic,
        TopicAll,
        Expert,
        ExpertAll,
        Role,
        StartsFrom,
        StartsTo,
        Slug,
        ExcludeTopic,
        Exclude,
        ListParameters.Search with
        {
            Example = "workshop",
        },
    ];

    /// <summary>The keys that the filter values resolve to.</summary>
    public required FilterKeys Keys { get; init; }

    /// <summary>Only events that end after this instant (UTC); null for no bound.</summary>
    public DateTime? EndsAfter { get; init; }

    /// <summary>Only events that ended at or before this instant (UTC); null for no bound.</summary>
    public DateTime? EndedAt { get; init; }

    /// <summary>Events in any of these modes; empty for all.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>Events with any of these statuses; empty for all.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Only events with these words in title, summary, place or body; null for no search.</summary>
    public SearchText? Search { get; init; }

    /// <summary>First instant (UTC) of the start, included; null for no bound.</summary>
    public DateTime? From { get; init; }

    /// <summary>End (UTC) of the start, excluded; null for no bound.</summary>
    public DateTime? Before { get; init; }

    /// <summary>
    /// First day, included, for all-day events, where <see cref="From"/> is a day; null where it is an instant, and for no bound.
    /// </summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>
    /// Last day, included, on which an all-day event may start, where <see cref="Before"/> is a day; null where it is an instant, and for
    /// no bound.
    /// </summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>
    /// Sets <c>startsFrom</c> to 90 days ago when the request has no parameter about time, so that calendars do not show the whole past.
    /// The bound is a day, so that the answer stays valid until midnight.
    /// </summary>
    public static void AssumeRecent(Query query, SiteCalendar calendar, AnswerTags tags)
    {
        if (new[] { When, StartsFrom, StartsTo, Slug, ListParameters.Cursor, ListParameters.Page }.Any(query.Has))
            return;
        var today = calendar.DayOf(query.Now);
        query.Assume(StartsFrom, today.AddDays(-RecentDays).ToString("O", CultureInfo.InvariantCulture), calendar);
        tags.ChangesAt(calendar.StartOf(today.AddDays(1)));
    }

    /// <summary>The default order where it differs from that of the list: upcoming events show the next one first.</summary>
    public static string? UsualSort(Query query) => query.Choice(When) == "upcoming" ? "startsAt" : null;

    /// <summary>Whether the request depends on the current time: it asks for upcoming or past events.</summary>
    public static bool IsRelative(Query query) => query.Choice(When) is "upcoming" or "past";

    /// <summary>
    /// Reads the filter from a query and resolves its values against a state of the lists; <paramref name="now"/> (UTC) separates past from
    /// upcoming. An invalid value becomes the problem of <paramref name="query"/>.
    /// </summary>
    public static async Task<EventFilter> Read(Query query, DateTime now, FilterKeyReader keys, ListState? state, CancellationToken cancel)
    {
        var values = new FilterValues();
        values.AnyOf(query, Topic, "topic");
        values.AllOf(query, TopicAll, "topic");
        values.Experts(query, Expert, ExpertAll, Role);
        values.NoneOf(query, ExcludeTopic, "topic");
        if (query.Has(Slug))
            values.Slugs = query.Values(Slug);
        values.ExcludedSlugs = query.Values(Exclude);
        if (query.Choice(Sort) == "given" && !query.Has(Slug))
            query.Fail(
                QueryProblems.ConflictingParameters("sort", "slug", "sort=given is the order of slug: name the events with slug=a,b.")
            );
        return new EventFilter
        {
            Keys = await keys.Read(query, values, "event", state, cancel),
            EndsAfter = query.Choice(When) == "upcoming" ? now : null,
            EndedAt = query.Choice(When) == "past" ? now : null,
            Modes = query.Choices(Mode),
            Statuses = query.Choices(Status),
            Search = query.Search(ListParameters.Search),
            From = query.From(StartsFrom),
            Before = query.Before(StartsTo),
            FirstDay = query.Day(StartsFrom),
            LastDay = query.Day(StartsTo),
        };
    }
}
