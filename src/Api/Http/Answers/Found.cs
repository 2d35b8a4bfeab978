using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>The rows of one page, in the order of the list.</summary>
/// <param name="Items">At most <see cref="PageWindow.Limit"/>.</param>
/// <param name="First">Where the first of them stands; null when there is none.</param>
/// <param name="Last">Where the last of them stands; null when there is none.</param>
/// <param name="More">There are rows beyond, in the direction of the walk.</param>
/// <param name="Total">How many match.</param>
internal sealed record Found<T>(IReadOnlyList<T> Items, Position? First, Position? Last, bool More, Total Total)
{
    /// <summary>Nothing matches.</summary>
    public static Found<T> Nothing(PageWindow window) => new([], null, null, false, window.Count == CountKind.None ? Total.None : Total.Exact(0));

    /// <summary>
    /// Makes a page of rows as the database gave them: at most <see cref="PageWindow.Take"/>, in the direction of the walk
    /// (so in reverse order when <see cref="PageWindow.Backward"/>).
    /// </summary>
    public static Found<T> From<TRow>(
        IReadOnlyList<TRow> rows, PageWindow window, Func<TRow, Position> position, Func<TRow, T> item, Total total)
    {
        var kept = rows.Take(window.Limit).ToList();
        if (window.Backward) kept.Reverse();
        return new Found<T>(
            [.. kept.Select(item)],
            kept.Count == 0 ? null : position(kept[0]),
            kept.Count == 0 ? null : position(kept[^1]),
            rows.Count > window.Limit,
            total);
    }
}

/// <summary>How many rows match.</summary>
/// <param name="Count">The number, or a lower bound; null when not counted.</param>
/// <param name="Kind">What <paramref name="Count"/> is.</param>
internal readonly record struct Total(int? Count, TotalKind Kind)
{
    /// <summary>How many are counted exactly, unless all are to be.</summary>
    public const int CountedExactly = 10_000;

    /// <summary>Not counted.</summary>
    public static Total None => new(null, TotalKind.None);

    /// <summary>Exactly <paramref name="count"/>.</summary>
    public static Total Exact(int count) => new(count, TotalKind.Exact);

    /// <summary>What a statement counted that stops after 10,000 unless all is to be counted; null when it could not count.</summary>
    public static Total Of(int? count, CountKind asked) => count is not { } known || asked == CountKind.None ? None
        : known > CountedExactly && asked != CountKind.Exact ? AtLeast(CountedExactly)
        : Exact(known);

    /// <summary><paramref name="count"/> or more.</summary>
    public static Total AtLeast(int count) => new(count, TotalKind.AtLeast);
}

/// <summary>What a total is.</summary>
internal enum TotalKind
{
    Exact,
    AtLeast,
    None,
}

/// <summary>What the client asked to be counted.</summary>
internal enum CountKind
{
    /// <summary>Exact, but with many matches of words: then the answer says <see cref="TotalKind.AtLeast"/>.</summary>
    Auto,

    /// <summary>Exact, whatever it costs.</summary>
    Exact,

    /// <summary>Nothing.</summary>
    None,
}
