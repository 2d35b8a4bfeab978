using Api.Contracts;
using Api.Data.Delivery;
using Api.Http.Site;
using Api.Listing;
using Dapper;

namespace Api.Reading;

/// <summary>Reads events by number.</summary>
internal sealed class EventReader(IQueries delivery, References references)
{
    /// <summary>
    /// Converts rows read in one snapshot into the public shapes; no round trip, unless names have changed or an expert is not in memory
    /// yet.
    /// </summary>
    public async Task<IReadOnlyList<Event>> Show(IReadOnlyList<EventRow> rows, Links links, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return [];
        var names = await references.Get(rows[0].ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        return [.. rows.Select(row => row.ToEvent(names, links))];
    }

    /// <summary>Reads events by number, see <see cref="ReadAsOf{T}"/>; one round trip, two when names have changed.</summary>
    public async Task<ItemsAsOf<Event>?> AsOf(ListState state, int[] numbers, bool withBody, Links links, CancellationToken cancel)
    {
        var (head, rows) = await delivery.QueryMultiple(
            AsOfSql(withBody),
            new { sequence = state.Sequence, numbers },
            async results => (await results.ReadSingleAsync<AsOfHead>(), (await results.ReadAsync<EventRow>()).AsList()),
            cancel
        );
        if (!head.Is(state) || rows.Count < numbers.Length)
            return null;
        var names = await references.Get(head.ReferenceSequence, rows.SelectMany(row => row.ExpertIds), cancel);
        return names.Sequence > head.ReferenceSequence
            ? null
            : new(head.Sequence, rows.ConvertAll(row => AsOf(row, row.ToEvent(names, links))));
    }

    private static ItemAsOf<Event> AsOf(EventRow row, Event shown) =>
        new(row.ItemId, shown, shown.Links.Self, [.. row.ExpertIds.Distinct()], HasTranslations: false);

    private static string AsOfSql(bool withBody) =>
        $"""
            {AsOfHead.Sql("event")};
            select {(withBody ? EventRow.ColumnsWithBody : EventRow.Columns)} from delivery.events e where e.item_id = any(@numbers)
            """;
}
