namespace Api.Indexing;

/// <summary>The items of an index that a query asks for.</summary>
internal sealed class Matches
{
    // Measured: both wait for memory most of the time; to gather an item and sort it takes about twice as long as to test one while walking.
    private const int GatheringCosts = 2;

    private readonly ItemIndex index;
    private readonly KeySet set;
    private readonly Bounds first;
    private readonly Bounds second;
    private readonly Bounds days;
    private readonly Lazy<KeySet> exactly;

    /// <param name="index">The index.</param>
    /// <param name="set">The items that may match.</param>
    /// <param name="query">When those are that do.</param>
    public Matches(ItemIndex index, KeySet set, IndexQuery query)
    {
        (this.index, this.set, first, second, days) = (index, set, query.First, query.Second, query.Days);
        exactly = new(() => AreOpen ? set : KeySet.Of(Array.FindAll(set.ToArray(), IsInTime)));
    }

    /// <summary>How many there are.</summary>
    public int Count => AreOpen ? set.Count
        : set == index.All && second.IsOpen && days.IsOpen ? Ranks(SortBy.First) is var (from, to) ? Math.Max(0, to - from) : 0
        : exactly.Value.Count;

    /// <summary>Whether an item is one of them.</summary>
    public bool Contains(int number) => set.Contains(number) && IsInTime(number);

    /// <summary>How many of them have a key.</summary>
    public int CountOf(int key) => KeySet.CountAnd(exactly.Value, index.Of(key));

    /// <summary>How many of them are of a year.</summary>
    public int CountOfYear(int year) => KeySet.CountAnd(exactly.Value, index.OfYear(year));

    /// <summary>Some of them in an order: their numbers.</summary>
    /// <param name="by">What they are sorted by.</param>
    /// <param name="descending">Whether the highest come first.</param>
    /// <param name="after">Only those that come after this place, where none need be; null for all.</param>
    /// <param name="skip">How many to leave out first.</param>
    /// <param name="take">How many at most.</param>
    public int[] Page(SortBy by, bool descending, Place? after, long skip, int take)
    {
        if (skip >= set.Count) return [];
        var (from, to) = Ranks(by);
        if (after is { } place)
        {
            if (descending) to = Math.Min(to, index.By(by).RankOf(place, index.Places));
            else from = Math.Max(from, index.By(by).RankOf(place, index.Places, orAt: true));
        }
        // So far a walk is likely to go until it has met enough of them.
        var walked = Math.Min(to - from, (double)(skip + take) / Math.Max(1, set.Count) * index.All.Count);
        if (walked > (double)set.Count * GatheringCosts) return Gather(by, descending, after, (int)skip, take);
        var page = new int[Math.Min(take, set.Count)];
        var count = set == index.All && IsOpenBeside(by)
            ? index.By(by).Take(from, to, descending, (int)skip, page, default(Any))
            : index.By(by).Take(from, to, descending, (int)skip, page, new OneOf(this));
        return page[..count];
    }

    private int[] Gather(SortBy by, bool descending, Place? after, int skip, int take)
    {
        var places = index.Places;
        var found = Array.FindAll(set.ToArray(), number => IsInTime(number) && (after is not { } place || Order.Compare(by, places[number], place) is var compared && (descending ? compared < 0 : compared > 0)));
        Order.Sort(by, found, places);
        if (descending) Array.Reverse(found);
        return [.. found.Skip(skip).Take(take)];
    }

    // The ranks that can hold them, by what bounds the sorting time.
    private (int From, int To) Ranks(SortBy by)
    {
        var order = index.By(by);
        var bounds = by switch { SortBy.First when days.IsOpen => first, SortBy.Second => second, _ => Bounds.Open };
        return (bounds.From == long.MinValue ? 0 : order.RankOf(Place.Before(bounds.From), index.Places), bounds.Before == long.MaxValue ? order.Count : order.RankOf(Place.Before(bounds.Before), index.Places));
    }

    private bool AreOpen => first.IsOpen && second.IsOpen && days.IsOpen;

    private bool IsOpenBeside(SortBy by) => days.IsOpen && (first.IsOpen || by == SortBy.First) && (second.IsOpen || by == SortBy.Second);

    private bool IsInTime(int number)
    {
        if (AreOpen) return true;
        ref readonly var place = ref index.Places[number];
        var lasts = place.Day != Place.NoDay;
        return second.Contain(place.Second)
            && (lasts && days.From != long.MinValue ? place.Day >= days.From : place.First >= first.From)
            && (lasts && days.Before != long.MaxValue ? place.Day < days.Before : place.First < first.Before);
    }

    private readonly struct Any : ITest
    {
        public bool Holds(int number) => true;
    }

    private readonly struct OneOf(Matches matches) : ITest
    {
        public bool Holds(int number) => matches.Contains(number);
    }
}
