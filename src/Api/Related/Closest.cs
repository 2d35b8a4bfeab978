using Api.Http.Parameters;
using Api.Indexing;
using Api.Listing;

namespace Api.Related;

/// <summary>Picks the articles related to an article, or the events related to an event, from the lists in memory. Pure.</summary>
/// <remarks>
/// Candidates are the items nearest in time under each of the item's twelve rarest topics and experts. The rarer a shared key, the higher
/// its weight; distance in time halves the score at most. The result depends on no clock and no total. It changes only when items under
/// these keys change, and its cache keys name exactly these keys.
/// </remarks>
internal static class Closest
{
    private const int MostKeys = 12;
    private const int MostPerSide = 100;
    private const double Year = 31_557_600e6;

    /// <summary>The numbers of the items that share topics and experts with an item, the closest first; ties by public id.</summary>
    /// <param name="state">The state of the lists.</param>
    /// <param name="items">The articles or the events of the state.</param>
    /// <param name="item">The number of the item.</param>
    /// <param name="date">When it was published or starts (UTC), for one that the lists do not have.</param>
    /// <param name="topics">The numbers of its topics.</param>
    /// <param name="experts">The numbers of its experts.</param>
    /// <param name="limit">How many at most.</param>
    public static int[] To(ListState state, ItemIndex items, int item, DateTime date, int[] topics, int[] experts, int limit)
    {
        // Early access shows an item that public lists do not have.
        var at = items.All.Contains(item) ? items.Places.First(item) : Position.Microseconds(date);
        var shared = topics
            .Select(topic => state.Keys.Of("topic", topic))
            .Concat(experts.Select(expert => state.Keys.Of("expert", expert)))
            .OfType<KeyRow>()
            .Distinct()
            .OrderBy(key => items.Of(key.Key).Count)
            .ThenBy(key => key.Kind, StringComparer.Ordinal)
            .ThenBy(key => key.Slug, StringComparer.Ordinal)
            .Take(MostKeys);
        var weights = new Dictionary<int, double>();
        foreach (var key in shared)
        {
            var matches = items.Find(Under.Query(key));
            var weight = 1 / Math.Sqrt(Math.Max(matches.Count, 1));
            foreach (var number in Near(descending: true).Concat(Near(descending: false)))
                weights[number] = weights.GetValueOrDefault(number) + weight;

            int[] Near(bool descending) => matches.Page(SortBy.First, descending, Place.After(at), 0, MostPerSide);
        }
        weights.Remove(item);
        return
        [
            .. weights
                // Rounded, because equal sums can differ in the last digit when they are added in a different order.
                .Select(one =>
                    (
                        Number: one.Key,
                        Score: Math.Round(one.Value * (0.5 + (0.5 / (1 + (Math.Abs(items.Places.First(one.Key) - at) / Year)))), 9)
                    )
                )
                .OrderByDescending(one => one.Score)
                .ThenBy(one => items.Places.Id(one.Number))
                .Take(limit)
                .Select(one => one.Number),
        ];
    }
}
