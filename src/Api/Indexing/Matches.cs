namespace Api.Indexing;

/// <summary>The items of an index that match a query.</summary>
internal sealed class Matches
{
    // Measured: both operations mostly wait for memory. Gathering and sorting an item takes about twice as long as testing an item during a
    // walk.
    private const int GatheringCosts = 2;

    // Up to this many matches, each is looked up in the set of every key. More matches become a bitmap, in which each member of a key's set
    // is looked up.
    private const int MostSparse = 512;

    private readonly ItemIndex index;
    private readonly KeySet set;
    private readonly IndexQuery query;
    private readonly Bounds first;
    private readonly Bounds second;
    private readonly Bounds days;
    private readonly Lazy<KeySet> matching;
    private readonly Lazy<KeySet> counted;

    /// <param name="index">The index.</param>
    /// <param name="set">The candidates.</param>
    /// <param name="query">The bounds of time that the matches must meet.</param>
    public Matches(ItemIndex index, KeySet set, IndexQuery query)
    {
        (this.index, this.set, this.query, first, second, days) = (index, set, query, query.First, query.Second, query.Days);
        matching = new(InTime);
        counted = new(() => matching.Value.Count > MostSparse ? matching.Value.Dense() : matching.Value);
    }

    /// <summary>The number of matches.</summary>
    public int Count =>
        AreOpen ? set.Count
        : set == index.All && second.IsOpen && days.IsOpen ? CountOf(SortBy.First)
        : set == index.All && first.IsOpen && days.IsOpen ? CountOf(SortBy.Second)
        : matching.Value.Count;

    /// <summary>Whether all items of the index match.</summary>
    public bool IsEverything => set == index.All && AreOpen;

    /// <summary>The matches as a set.</summary>
    public KeySet Set => AreOpen ? set : matching.Value;

    /// <summary>The matches within a set of items.</summary>
    public Matches Among(KeySet items) => new(index, KeySet.And(set, items), query);

    /// <summary>Whether an item matches.</summary>
    public bool Contains(int number) => matching.Value.Contains(number);

    /// <summary>The number of matches that have a key.</summary>
    public int CountOf(int key) => KeySet.CountAnd(counted.Value, index.Of(key));

    /// <summary>The number of matches of a year.</summary>
    public int CountOfYear(int year) => KeySet.CountAnd(counted.Value, index.OfYear(year));

    /// <summary>The numbers of a page of matches in one order.</summary>
    /// <param name="by">The sort value.</param>
    /// <param name="descending">Whether the highest value comes first.</param>
    /// <param name="after">Only matches after this position, which need not be that of an item; null for all.</param>
    /// <param name="skip">How many matches to skip.</param>
    /// <param name="take">The most matches to return.</param>
    public int[] Page(SortBy by, bool descending, Place? after, long skip, int take)
    {
        var isAll = set == index.All && IsOpenBeside(by);
        var most = isAll ? set.Count : matching.Value.Count;
        if (skip >= most)
            return [];
        var (from, to) = Ranks(by);
        if (after is { } place)
        {
            if (descending)
                to = Math.Min(to, index.By(by).RankOf(place, index.Places));
            else
                from = Math.Max(from, index.By(by).RankOf(place, index.Places, orAt: true));
        }
        // The expected number of items that a walk tests until the page is full.
        var walked = Math.Min(to - from, (double)(skip + take) / Math.Max(1, most) * index.All.Count);
        if (walked > (double)most * GatheringCosts)
            return Gather(by, descending, after, (int)skip, take);
        var page = new int[Math.Min(take, most)];
        // When all items match, skipped items need not be tested.
        if (isAll)
            (from, to, skip) = descending ? (from, to - (int)skip, 0) : (from + (int)skip, to, 0);
        var count = isAll
            ? index.By(by).Take(from, to, descending, 0, page, default(Any))
            : index.By(by).Take(from, to, descending, (int)skip, page, new OneOf(this));
        return page[..count];
    }

    private int[] Gather(SortBy by, bool descending, Place? after, int skip, int take)
    {
        var places = index.Places;
        var found = matching.Value.ToArray();
        if (after is { } place)
            found = Array.FindAll(
                found,
                number => places.Compare(by, number, place) is var compared && (descending ? compared < 0 : compared > 0)
            );
        if (skip >= found.Length)
            return [];
        take = Math.Min(take, found.Length - skip);
        var page = Order.Slice(by, found, places, descending ? found.Length - skip - take : skip, take);
        if (descending)
            Array.Reverse(page);
        return page;
    }

    // The range of ranks that can contain matches, from the bounds of the time that sorts.
    private (int From, int To) Ranks(SortBy by)
    {
        var order = index.By(by);
        var bounds = by switch
        {
            SortBy.First when days.IsOpen => first,
            SortBy.Second => second,
            _ => Bounds.Open,
        };
        return (
            bounds.From == long.MinValue ? 0 : order.RankOf(Place.Before(bounds.From), index.Places),
            bounds.Before == long.MaxValue ? order.Count : order.RankOf(Place.Before(bounds.Before), index.Places)
        );
    }

    private int CountOf(SortBy by) => Ranks(by) is var (from, to) ? Math.Max(0, to - from) : 0;

    private bool AreOpen => first.IsOpen && second.IsOpen && days.IsOpen;

    private bool IsOpenBeside(SortBy by) => days.IsOpen && (first.IsOpen || by == SortBy.First) && (second.IsOpen || by == SortBy.Second);

    private KeySet InTime() => days.IsOpen ? index.SecondWithin(index.FirstWithin(set, first), second) : set.Where(new OnDays(this));

    private bool IsInTime(int number)
    {
        var places = index.Places;
        if (!second.IsOpen && !second.Contain(places.Second(number)))
            return false;
        if (days.IsOpen)
            return first.IsOpen || first.Contain(places.First(number));
        var day = places.Day(number);
        var lasts = day != Place.NoDay;
        return (lasts && days.From != long.MinValue ? day >= days.From : places.First(number) >= first.From)
            && (lasts && days.Before != long.MaxValue ? day < days.Before : places.First(number) < first.Before);
    }

    private readonly struct Any : ITest
    {
        public bool Holds(int number) => true;
    }

    private readonly struct OneOf(Matches matches) : ITest
    {
        public bool Holds(int number) => matches.Contains(number);
    }

    private readonly struct OnDays(Matches matches) : ITest
    {
        public bool Holds(int number) => matches.IsInTime(number);
    }
}
