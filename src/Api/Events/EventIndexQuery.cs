using Api.Http.Parameters;
using Api.Http.Tags;
using Api.Indexing;
using Api.Listing;

namespace Api.Events;

/// <summary>Finds the events of a filter in the lists in memory. Pure.</summary>
internal static class EventIndexQuery
{
    /// <summary>The events that match a filter, ignoring its search.</summary>
    public static Matches Find(ListState state, EventFilter filter) =>
        state.Events.Items.Find(
            new IndexQuery
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
                First = new Bounds(
                    Position.Microseconds(filter.From) ?? long.MinValue,
                    Position.Microseconds(filter.Before) ?? long.MaxValue
                ),
                Days = new Bounds(filter.FirstDay?.DayNumber ?? long.MinValue, filter.LastDay?.DayNumber + 1 ?? long.MaxValue),
                Second = new Bounds(
                    Position.Microseconds(filter.EndsAfter) + 1 ?? long.MinValue,
                    Position.Microseconds(filter.EndedAt) + 1 ?? long.MaxValue
                ),
            }
        );

    /// <summary>
    /// The last instant up to <paramref name="now"/> (UTC) at which an event ended. Upcoming and past events stay the same from then until
    /// the next event ends, so all requests in between get the same answer.
    /// </summary>
    public static DateTime LastEnd(ItemIndex events, DateTime now, AnswerTags tags)
    {
        var order = events.By(SortBy.Second);
        var rank = order.RankOf(Place.Before(Position.Microseconds(now) + 1), events.Places);
        tags.ChangesAt(At(rank));
        return At(rank - 1) ?? DateTime.UnixEpoch;

        DateTime? At(int at) => at >= 0 && at < order.Count ? new Position(events.Places.Second(order[at]), null, default).Instant : null;
    }

    // A mode or status that no event has yet is valid: it has no key and matches nothing.
    private static IEnumerable<int[]> AnyOf(ListState state, string kind, IReadOnlyList<string> labels)
    {
        if (labels.Count > 0)
            yield return [.. labels.Select(label => state.Keys.Find(kind, kind, label, "")?.Key).OfType<int>()];
    }
}
