using Api.Contracts;
using Api.Data;
using Api.Http;
using Api.Http.Caching;
using Api.Listing;
using Api.Reading;

namespace Api.Events;

/// <summary>Reads published events.</summary>
internal sealed class EventRepository(DeliveryDatabase delivery, EventReader events, MenuReader menuReader, ListIndex lists)
{
    private const string FindSql = $"""
        select {EventRow.ColumnsWithBody}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.events e
        where  e.slug = @slug
        """;

    private const string EndsSql = """
        select (select max(coalesce(l.ends_at, l.starts_at)) from delivery.event_listing l where coalesce(l.ends_at, l.starts_at) <= @now) as last,
               (select min(coalesce(l.ends_at, l.starts_at)) from delivery.event_listing l where coalesce(l.ends_at, l.starts_at) > @now) as next
        """;

    /// <summary>
    /// The last instant up to <paramref name="now"/> (UTC) at which an event ended: upcoming and past are then what they are now, and whoever asks
    /// until the next one ends gets the same answer. One round trip, none when the lists are known.
    /// </summary>
    public async Task<DateTime> LastEnd(DateTime now, ListState? lists, AnswerTags tags, CancellationToken cancel)
    {
        var (last, next) = lists is not null ? EventIndexQuery.Ends(lists.Events.Items, now)
            : await delivery.QueryFirst<Ends>(EndsSql, new { now }, cancel) is { } ends ? (ends.Last, ends.Next) : default;
        tags.ChangesAt(next);
        return last ?? DateTime.UnixEpoch;
    }

    /// <summary>A page of the events that match; one round trip, more when names have changed.</summary>
    public async Task<Found<Event>> List(EventFilter filter, PageWindow window, bool withBody, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (filter.Keys.FindsNothing || filter.Search is { Terms: 0 }) return Found<Event>.Nothing(window);
        var sql = new EventListSql(filter, window);
        var page = sql.Page(withBody ? EventRow.ColumnsWithBody : EventRow.Columns);
        var (rows, total) = window.Count == CountKind.None
            ? (await delivery.Query<EventRow>(page, sql.Parameters(), cancel), Total.None)
            : await delivery.QueryMultiple($"{page};\n{sql.Total()}", sql.Parameters(), async results =>
                ((IReadOnlyList<EventRow>)[.. await results.ReadAsync<EventRow>()], Total.Of(await results.ReadSingleAsync<int>(), window.Count)), cancel);
        tags.Items(rows.SelectMany(row => row.ExpertIds));
        var shown = rows.Zip(await events.Show(rows, links, cancel)).ToList();
        return Found<Event>.From(shown, window, pair => PositionOf(pair.First, window), pair => pair.Second, total);
    }

    /// <summary>The event with its texts; null when none is visible under the slug. One round trip.</summary>
    public async Task<FoundEvent?> Find(string slug, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<EventRow>(FindSql, new { slug }, cancel) is not { } row) return null;
        tags.Items([row.ItemId, .. row.ExpertIds]);
        return new FoundEvent((await events.Show([row], links, cancel))[0], row.ItemId, row.TopicIds is [var topic, ..] ? topic : null);
    }

    /// <summary>What <c>include</c> asks for beside an event; null when it asks for nothing. One round trip.</summary>
    public async Task<Included?> Include(Query query, FoundEvent found, Links links, CancellationToken cancel)
    {
        var (onTopic, menus) = (query.Includes("topicEvents"), query.Includes("menus"));
        if (!onTopic && !menus) return null;
        if (onTopic && lists.Current is { } state)
        {
            var numbers = EventReader.OnTopic(state, found.TopicId, found.ItemId);
            if (await ListedItems.Read<Event>(state, numbers, withBody: false, links, events.AsOf, cancel) is { } known)
                return new Included { TopicEvents = [.. numbers.Select(number => known[number].Item)], Menus = menus ? await menuReader.List(links, cancel) : null };
        }
        var sql = string.Join(";\n", new[] { onTopic ? EventReader.OnTopicSql : null, menus ? MenuReader.AllSql : null }.OfType<string>());
        var (rows, read) = await delivery.QueryMultiple(sql, new { topicId = found.TopicId, itemId = found.ItemId }, async results => (
            onTopic ? (await results.ReadAsync<EventRow>()).ToList() : null,
            menus ? await MenuReader.Read(results, links) : null), cancel);
        return new Included { TopicEvents = rows is null ? null : await events.Show(rows, links, cancel), Menus = read };
    }

    private static Position PositionOf(EventRow row, PageWindow window) =>
        window.Sort == "given" ? Position.At(row.Place, row.Id) : Position.At(row.StartsAt, row.Id);

    private sealed record Ends
    {
        public DateTime? Last { get; init; }
        public DateTime? Next { get; init; }
    }
}

/// <summary>An event that was found.</summary>
/// <param name="Event">Its public shape.</param>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="TopicId">The number of its first topic; null when it has none.</param>
internal sealed record FoundEvent(Event Event, int ItemId, int? TopicId);
