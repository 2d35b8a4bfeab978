using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Http.Tags;
using Api.Reading;

namespace Api.Events;

/// <summary>Reads published events.</summary>
internal sealed class EventRepository(IQueries delivery, EventReader events)
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
        return new FoundEvent((await events.Show([row], links, cancel))[0], row.ItemId, row.TopicIds, row.ExpertIds);
    }
}

/// <summary>An event with its numbers in the database.</summary>
/// <param name="Event">Its public shape.</param>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="TopicIds">The numbers of its topics.</param>
/// <param name="ExpertIds">The numbers of its experts.</param>
internal sealed record FoundEvent(Event Event, int ItemId, int[] TopicIds, int[] ExpertIds);
