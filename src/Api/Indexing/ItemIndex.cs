namespace Api.Indexing;

/// <summary>
/// An in-memory index of the visible items of a resource at one moment: finds, counts and sorts them for lists. It is built from visible
/// items only and so contains no hidden item. Immutable: a new version shares the unchanged parts, so readers continue with the old version
/// while the new one is made.
/// </summary>
internal sealed class ItemIndex
{
    // When a commit moves more than this percentage of the items, the orders are sorted again, which is faster than moving items one by
    // one.
    private const int ResortPercent = 5;

    private readonly Paged<KeySet?> keys;
    private readonly Paged<KeySet?> years;
    private readonly Spans firsts;
    private readonly Spans seconds;
    private readonly Order first;
    private readonly Order second;
    private readonly Order title;

    private ItemIndex(
        KeySet all,
        Places places,
        Paged<KeySet?> keys,
        Paged<KeySet?> years,
        Spans firsts,
        Spans seconds,
        Order first,
        Order second,
        Order title
    ) =>
        (All, Places, this.keys, this.years, this.firsts, this.seconds, this.first, this.second, this.title) = (
            all,
            places,
            keys,
            years,
            firsts,
            seconds,
            first,
            second,
            title
        );

    /// <summary>An index without items.</summary>
    public static ItemIndex Empty { get; } = Of([]);

    /// <summary>The numbers of all items.</summary>
    public KeySet All { get; }

    /// <summary>The sort values of the items, by number.</summary>
    public Places Places { get; }

    /// <summary>Makes the index of some items; each occurs once.</summary>
    public static ItemIndex Of(IEnumerable<IndexedItem> items)
    {
        var builder = new Builder();
        foreach (var item in items.OrderBy(item => item.Number))
            builder.Add(item);
        return builder.ToIndex();
    }

    /// <summary>The index after a set of changes.</summary>
    /// <param name="present">The changed items that are visible, in their new version.</param>
    /// <param name="gone">The numbers of the changed items that are not visible; they may be missing from the index.</param>
    /// <param name="left">For each changed item, all keys that it had before and has lost; may contain other keys as well.</param>
    public ItemIndex With(
        IReadOnlyList<IndexedItem> present,
        IReadOnlyCollection<int> gone,
        IEnumerable<(int Number, IReadOnlyList<int> Keys)> left
    )
    {
        int[] there = [.. present.Select(item => item.Number).Order()];
        var next = Places.With(present, gone);
        var all = All.With(there, [.. gone.Order().Distinct()]);

        // An item whose sort values are unchanged keeps its rank.
        var moved = present
            .Where(item => !All.Contains(item.Number) || !IsSame(Places[item.Number], item.Place))
            .Select(item => item.Number)
            .ToList();
        int[] taken = [.. moved.Concat(gone).Distinct().Where(All.Contains)];
        var sortsAgain = (taken.Length + moved.Count) * 100L / ResortPercent > all.Count;
        var numbers = sortsAgain ? all.ToArray() : [];
        Order After(Order order, SortBy by) => sortsAgain ? Order.Of(by, numbers, next) : order.With(taken, Places, moved, next);

        var ofKeys = new Members();
        var ofYears = new Members();
        foreach (var (number, before) in left)
        foreach (var key in before)
            ofKeys.Remove(key, number);
        foreach (var number in taken)
            ofYears.Remove(Places.Year(number), number);
        var (ofFirsts, ofSeconds) = (new Members(), new Members());
        foreach (var number in taken)
        {
            ofFirsts.Remove(Spans.Of(Places.First(number)), number);
            ofSeconds.Remove(Spans.Of(Places.Second(number)), number);
        }
        foreach (var item in present)
        {
            ofYears.Add(item.Place.Year, item.Number);
            ofFirsts.Add(Spans.Of(item.Place.First), item.Number);
            ofSeconds.Add(Spans.Of(item.Place.Second), item.Number);
            foreach (var key in item.Keys)
                ofKeys.Add(key, item.Number);
        }
        return new(
            all,
            next,
            ofKeys.After(keys),
            ofYears.After(years),
            new(ofFirsts.After(firsts.Sets)),
            new(ofSeconds.After(seconds.Sets)),
            After(first, SortBy.First),
            After(second, SortBy.Second),
            After(title, SortBy.Title)
        );
    }

    /// <summary>The items that have a key.</summary>
    public KeySet Of(int key) => keys[key] ?? KeySet.Empty;

    /// <summary>The items of a year.</summary>
    public KeySet OfYear(int year) => years[year] ?? KeySet.Empty;

    /// <summary>The years from the first item to the last.</summary>
    public IEnumerable<int> Years =>
        first.Count == 0 ? [] : Enumerable.Range(Places.Year(first[0]), Places.Year(first[^1]) - Places.Year(first[0]) + 1);

    /// <summary>The items of a set whose <see cref="Place.First"/> is within bounds.</summary>
    public KeySet FirstWithin(KeySet set, Bounds bounds) => firsts.Within(set, bounds, Places.First);

    /// <summary>The items of a set whose <see cref="Place.Second"/> is within bounds.</summary>
    public KeySet SecondWithin(KeySet set, Bounds bounds) => seconds.Within(set, bounds, Places.Second);

    /// <summary>All items in one order, ascending.</summary>
    public Order By(SortBy by) =>
        by switch
        {
            SortBy.First => first,
            SortBy.Second => second,
            _ => title,
        };

    /// <summary>The items that match a query.</summary>
    public Matches Find(IndexQuery query)
    {
        KeySet? set = query.Items is { } items ? KeySet.Of([.. items.Where(All.Contains).Order().Distinct()]) : null;
        // The smallest group first: the cost of each intersection depends on the smaller set.
        foreach (var group in query.Groups.Select(Any).OrderBy(group => group.Count))
            set = set is null ? group : KeySet.And(set, group);
        foreach (var key in query.Excluded.Distinct())
            set = KeySet.AndNot(set ?? All, Of(key));
        if (query.ExcludedItems.Count > 0)
            set = (set ?? All).With([], [.. query.ExcludedItems.Order().Distinct()]);
        return new Matches(this, set ?? All, query);
    }

    private KeySet Any(IReadOnlyList<int> group) => group.Distinct().Select(Of).Aggregate(KeySet.Empty, KeySet.Or);

    private static bool IsSame(in Place one, in Place other) =>
        one.First == other.First
        && one.Second == other.Second
        && one.Id == other.Id
        && one.Year == other.Year
        && one.Day == other.Day
        && one.Title.AsSpan().SequenceEqual(other.Title);

    /// <summary>Builds an index from a stream of items, which are never in memory all at once.</summary>
    public sealed class Builder
    {
        private readonly List<int> numbers = [];
        private readonly Places.Builder places = new();
        private readonly Dictionary<int, KeySet.Growing> ofKeys = [];
        private readonly Dictionary<int, KeySet.Growing> ofYears = [];
        private readonly Dictionary<int, KeySet.Growing> ofFirsts = [];
        private readonly Dictionary<int, KeySet.Growing> ofSeconds = [];

        /// <summary>Adds an item; its number is higher than that of all items before.</summary>
        public void Add(IndexedItem item)
        {
            numbers.Add(item.Number);
            places.Set(item.Number, item.Place);
            Of(ofYears, item.Place.Year).Add(item.Number);
            Of(ofFirsts, Spans.Of(item.Place.First)).Add(item.Number);
            Of(ofSeconds, Spans.Of(item.Place.Second)).Add(item.Number);
            foreach (var key in item.Keys)
                Of(ofKeys, key).Add(item.Number);
        }

        /// <summary>The index; no item may be added afterwards.</summary>
        public ItemIndex ToIndex()
        {
            int[] all = [.. numbers];
            var at = places.ToPlaces();
            return new(
                KeySet.Of(all),
                at,
                Sets(ofKeys),
                Sets(ofYears),
                new(Sets(ofFirsts)),
                new(Sets(ofSeconds)),
                Order.Of(SortBy.First, all, at),
                Order.Of(SortBy.Second, all, at),
                Order.Of(SortBy.Title, all, at)
            );
        }

        private static KeySet.Growing Of(Dictionary<int, KeySet.Growing> sets, int key) =>
            sets.TryGetValue(key, out var known) ? known : sets[key] = new();

        private static Paged<KeySet?> Sets(Dictionary<int, KeySet.Growing> sets) =>
            Paged<KeySet?>.Empty.With([.. sets.Select(set => (set.Key, (KeySet?)set.Value.ToSet()))]);
    }

    // The items to add to and to remove from each set.
    private sealed class Members
    {
        private readonly Dictionary<int, (List<int> Added, List<int> Removed)> changes = [];

        public void Add(int set, int number) => Of(set).Added.Add(number);

        public void Remove(int set, int number) => Of(set).Removed.Add(number);

        public Paged<KeySet?> After(Paged<KeySet?> sets) =>
            sets.With([
                .. changes.Select(change =>
                    (change.Key, (KeySet?)(sets[change.Key] ?? KeySet.Empty).With(Sorted(change.Value.Added), Sorted(change.Value.Removed)))
                ),
            ]);

        private (List<int> Added, List<int> Removed) Of(int set) =>
            changes.TryGetValue(set, out var known) ? known : changes[set] = ([], []);

        private static int[] Sorted(List<int> numbers)
        {
            for (var n = 1; n < numbers.Count; n++)
            {
                if (numbers[n - 1] >= numbers[n])
                    return [.. numbers.Order().Distinct()];
            }
            return [.. numbers];
        }
    }
}
