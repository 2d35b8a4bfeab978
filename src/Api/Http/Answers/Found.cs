using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>The rows of one page, in the order of the list.</summary>
/// <param name="Items">At most <see cref="PageWindow.Limit"/>.</param>
/// <param name="First">Position of the first item; null when there are none.</param>
/// <param name="Last">Position of the last item; null when there are none.</param>
/// <param name="More">Whether there are more rows in the direction of the page window.</param>
/// <param name="Total">Number of matches.</param>
internal sealed record Found<T>(IReadOnlyList<T> Items, Position? First, Position? Last, bool More, Total Total)
{
    /// <summary>The page of a list without matches.</summary>
    public static Found<T> Nothing(PageWindow window) =>
        new([], null, null, false, window.Count == CountKind.None ? Total.None : Total.Exact(0));

    /// <summary>
    /// Makes a page of the rows the database returned: at most <see cref="PageWindow.Take"/>, in the direction of the window (in reverse
    /// order when <see cref="PageWindow.Backward"/>).
    /// </summary>
    public static Found<T> From<TRow>(
        IReadOnlyList<TRow> rows,
        PageWindow window,
        Func<TRow, Position> position,
        Func<TRow, T> item,
        Total total
    )
    {
        var kept = rows.Take(window.Limit).ToList();
        if (window.Backward)
            kept.Reverse();
        return new Found<T>(
            [.. kept.Select(item)],
            kept.Count == 0 ? null : position(kept[0]),
            kept.Count == 0 ? null : position(kept[^1]),
            rows.Count > window.Limit,
            total
        );
    }
}

/// <summary>The number of matching rows.</summary>
/// <param name="Count">The number, or a lower bound; null when not counted.</param>
/// <param name="Kind">How <paramref name="Count"/> is meant.</param>
internal readonly record struct Total(int? Count, TotalKind Kind)
{
    /// <summary>The highest exact count, unless the client asks for an exact one.</summary>
    public const int CountedExactly = 10_000;

    /// <summary>Not counted.</summary>
    public static Total None => new(null, TotalKind.None);

    /// <summary>Exactly <paramref name="count"/>.</summary>
    public static Total Exact(int count) => new(count, TotalKind.Exact);

    /// <summary>The total from a statement that stops counting after 10,000 unless an exact count is asked for.</summary>
    /// <param name="count">The count; null when the statement could not count.</param>
    /// <param name="asked">The count the client asked for.</param>
    public static Total Of(int? count, CountKind asked) =>
        count is not { } known || asked == CountKind.None ? None
        : known > CountedExactly && asked != CountKind.Exact ? AtLeast(CountedExactly)
        : Exact(known);

    /// <summary><paramref name="count"/> or more.</summary>
    public static Total AtLeast(int count) => new(count, TotalKind.AtLeast);
}

/// <summary>How a total is meant.</summary>
internal enum TotalKind
{
    Exact,
    AtLeast,
    None,
}

/// <summary>The count the client asks for.</summary>
internal enum CountKind
{
    /// <summary>Exact, except where the database counts more than 10,000 matches: then <see cref="TotalKind.AtLeast"/>.</summary>
    Auto,

    /// <summary>Exact at any cost.</summary>
    Exact,

    /// <summary>No count.</summary>
    None,
}
