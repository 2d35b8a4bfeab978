namespace Api.Indexing;

/// <summary>The conditions that the items of a list meet, all of them.</summary>
internal sealed record IndexQuery
{
    /// <summary>Every item.</summary>
    public static readonly IndexQuery Everything = new();

    /// <summary>Groups of keys: an item has at least one key of each group.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; init; } = [];

    /// <summary>Keys that no item has.</summary>
    public IReadOnlyList<int> Excluded { get; init; } = [];

    /// <summary>The allowed items, by number; null for all.</summary>
    public IReadOnlyList<int>? Items { get; init; }

    /// <summary>Excluded items, by number.</summary>
    public IReadOnlyList<int> ExcludedItems { get; init; } = [];

    /// <summary>The bounds of <see cref="Place.First"/>.</summary>
    public Bounds First { get; init; } = Bounds.Open;

    /// <summary>
    /// For all-day items, the bounds of <see cref="Place.Day"/> instead of <see cref="First"/>. Where one of its ends is open, <see
    /// cref="First"/> applies.
    /// </summary>
    public Bounds Days { get; init; } = Bounds.Open;

    /// <summary>The bounds of <see cref="Place.Second"/>.</summary>
    public Bounds Second { get; init; } = Bounds.Open;
}

/// <summary>A range of time, in microseconds since 1970 (UTC) or in days since the year 1.</summary>
/// <param name="From">The start, included.</param>
/// <param name="Before">The end, excluded.</param>
internal readonly record struct Bounds(long From, long Before)
{
    /// <summary>All time.</summary>
    public static readonly Bounds Open = new(long.MinValue, long.MaxValue);

    /// <summary>Whether the range contains all time.</summary>
    public bool IsOpen => this == Open;

    public bool Contain(long instant) => instant >= From && instant < Before;
}
