using Api.Contracts;
using Api.Http;

namespace Api.Reading;

/// <summary>Events that other items show beside themselves.</summary>
internal sealed class EventReader(References references)
{
    /// <summary>
    /// The three newest events on the topic <c>@topicId</c> or below it, but <c>@itemId</c> (0 for all), as <see cref="EventRow"/>;
    /// none when the topic is null. Made to share a round trip with other statements.
    /// </summary>
    public const string OnTopicSql = $"""
        select {EventRow.Columns}, (select reference_sequence from delivery.head) as reference_sequence
        from   delivery.event_listing l
        join   delivery.events e on e.item_id = l.item_id
        where  l.keys && array(select k.key from delivery.filter_keys k where k.kind = 'topic' and k.value_id = @topicId::integer)
        and    l.item_id <> @itemId
        order  by l.starts_at desc, l.id desc
        limit  3
        """;

    /// <summary>The public shapes of rows that were read in one snapshot; no round trip, unless names have changed or an expert is met for the first time.</summary>
    public async Task<IReadOnlyList<Event>> Show(IReadOnlyList<EventRow> rows, Links links, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var names = await references.Get(rows[0].ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        return [.. rows.Select(row => row.ToEvent(names, links))];
    }
}
