using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Http.Tags;
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

    /// <summary>The event with its texts; null when no event is visible under the slug. One round trip.</summary>
    public async Task<FoundEvent?> Find(string slug, Links links, AnswerTags tags, CancellationToken cancel)
    {
        if (await delivery.QueryFirst<EventRow>(FindSql, new { slug }, cancel) is not { } row)
            return null;
        tags.Items([row.ItemId, .. row.ExpertIds]);
        return new FoundEvent((await events.Show([row], links, cancel))[0], row.ItemId, row.TopicIds is [var topic, ..] ? topic : null);
    }

    /// <summary>
    /// The content that <c>include</c> requests beside an event; null when it requests none. One round trip for events, and one for menus.
    /// </summary>
    public async Task<Included?> Include(Query query, FoundEvent found, Links links, CancellationToken cancel)
    {
        var (onTopic, menus) = (query.Includes("topicEvents"), query.Includes("menus"));
        return !onTopic && !menus
            ? null
            : new Included
            {
                TopicEvents = onTopic
                    ? await lists.Answer(state => events.ItemsOnTopic(state, found.TopicId, found.ItemId, links, cancel), cancel)
                    : null,
                Menus = menus ? await menuReader.List(links, cancel) : null,
            };
    }
}

/// <summary>An event with its numbers in the database.</summary>
/// <param name="Event">Its public shape.</param>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="TopicId">The number of its first topic; null when it has none.</param>
internal sealed record FoundEvent(Event Event, int ItemId, int? TopicId);
