namespace Api.Indexing;

/// <summary>Which items a list holds. All conditions are to be met.</summary>
internal sealed record IndexQuery
{
    /// <summary>Every item.</summary>
    public static readonly IndexQuery Everything = new();

    /// <summary>Groups of keys: an item has any key of each.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; init; } = [];

    /// <summary>Keys of which an item has none.</summary>
    public IReadOnlyList<int> Excluded { get; init; } = [];

    /// <summary>The only items, by number; null for any.</summary>
    public IReadOnlyList<int>? Items { get; init; }

    /// <summary>Items that are left out, by number.</summary>
    public IReadOnlyList<int> ExcludedItems { get; init; } = [];

    /// <summary>When <see cref="Place.First"/> is.</summary>
    public Bounds First { get; init; } = Bounds.Open;

    /// <summary>In place of <see cref="First"/> for items of whole days: when <see cref="Place.Day"/> is. An end that is open leaves it to <see cref="First"/>.</summary>
    public Bounds Days { get; init; } = Bounds.Open;

    /// <summary>When <see cref="Place.Second"/> is.</summary>
    public Bounds Second { get; init; } = Bounds.Open;
}

/// <summary>A stretch of time, in microseconds since 1970 (UTC), or in days since the year 1.</summary>
/// <param name="From">The first that is in it.</param>
/// <param name="Before">The first that is not in it.</param>
internal readonly record struct Bounds(long From, long Before)
{
    /// <summary>Any time.</summary>
    public static readonly Bounds Open = new(long.MinValue, long.MaxValue);

    /// <summary>Whether any time is in it.</summary>
    public bool IsOpen => this == Open;

    public bool Contain(long instant) => instant >= From && instant < Before;
}
