using Api.Http;
using Api.Indexing;
using Api.Listing;

namespace Api.Events;

/// <summary>Answers from the lists in memory which events a filter finds. Pure.</summary>
internal static class EventIndexQuery
{
    /// <summary>The events of a filter, which may not search.</summary>
    public static Matches Find(ListState state, EventFilter filter) => state.Events.Items.Find(new IndexQuery
    {
        Groups =
        [
            .. filter.Keys.Groups.Select(group => group.Select(key => key.Id).ToArray()),
            .. AnyOf(state, "mode", filter.Modes),
            .. AnyOf(state, "status", filter.Statuses),
        ],
        Excluded = filter.Keys.Excluded,
        Items = filter.Keys.ItemIds,
        ExcludedItems = filter.Keys.ExcludedItemIds,
        First = new Bounds(Position.Microseconds(filter.From) ?? long.MinValue, Position.Microseconds(filter.Before) ?? long.MaxValue),
        Days = new Bounds(filter.FirstDay?.DayNumber ?? long.MinValue, filter.LastDay?.DayNumber + 1 ?? long.MaxValue),
        Second = new Bounds(Position.Microseconds(filter.EndsAfter) + 1 ?? long.MinValue, Position.Microseconds(filter.EndedAt) + 1 ?? long.MaxValue),
    });

    /// <summary>The last end of an event up to an instant (UTC), and the first after it; null where there is none.</summary>
    public static (DateTime? Last, DateTime? Next) Ends(ItemIndex events, DateTime now)
    {
        var order = events.By(SortBy.Second);
        var rank = order.RankOf(Place.Before(Position.Microseconds(now) + 1), events.Places);
        return (At(rank - 1), At(rank));

        DateTime? At(int at) => at >= 0 && at < order.Count ? new Position(events.Places[order[at]].Second, null, default).Instant : null;
    }

    // A mode that no event has yet is no mistake: it has no key, and finds nothing.
    private static IEnumerable<int[]> AnyOf(ListState state, string kind, IReadOnlyList<string> labels)
    {
        if (labels.Count > 0) yield return [.. labels.Select(label => state.Keys.Find(kind, kind, label, "")?.Key).OfType<int>()];
    }
}
