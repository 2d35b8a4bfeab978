using Api.Collation;
using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>A row that is sorted by its title or name.</summary>
/// <param name="ItemId">Its number in the database.</param>
/// <param name="Id">The immutable id, which breaks ties.</param>
/// <param name="Key">The sort key.</param>
internal readonly record struct KeyedRow(int ItemId, Guid Id, byte[] Key)
{
    /// <summary>Its position in the list.</summary>
    public Position Position => Position.At(Key, Id);
}

/// <summary>Rows in the order of their titles or names, which the database does not know. Immutable.</summary>
internal sealed class KeyedOrder
{
    private static readonly Comparer<KeyedRow> Ascending = Comparer<KeyedRow>.Create(
        (one, other) => SortKeys.Bytewise.Compare(one.Key, other.Key) is not 0 and var compared ? compared : one.Id.CompareTo(other.Id)
    );

    private readonly KeyedRow[] rows;
    private readonly Dictionary<int, int> ranks;

    /// <param name="all">The rows, in any order.</param>
    public KeyedOrder(IEnumerable<KeyedRow> all)
    {
        rows = [.. all];
        Array.Sort(rows, Ascending);
        ranks = new Dictionary<int, int>(rows.Length);
        for (var rank = 0; rank < rows.Length; rank++)
            ranks[rows[rank].ItemId] = rank;
    }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Length;

    /// <summary>The rows of a page in the direction of the walk, at most <see cref="PageWindow.Take"/>.</summary>
    /// <param name="window">The page.</param>
    public IReadOnlyList<KeyedRow> Page(PageWindow window) => Page(window, rows.Length, rank => rank);

    /// <summary>The rows of a page of only some rows, and how many there are of these.</summary>
    /// <param name="window">The page.</param>
    /// <param name="items">Their numbers, each once; numbers without a row do not count.</param>
    public (IReadOnlyList<KeyedRow> Rows, int Count) Page(PageWindow window, IEnumerable<int> items)
    {
        int[] some = [.. items.Select(item => ranks.GetValueOrDefault(item, -1)).Where(rank => rank >= 0)];
        Array.Sort(some);
        return (Page(window, some.Length, place => some[place]), some.Length);
    }

    // rankAt: the rank at a place of the list.
    private KeyedRow[] Page(PageWindow window, int count, Func<int, int> rankAt)
    {
        var goesDown = window.Sort.StartsWith('-') != window.Backward;
        var start =
            window.At is { } at ? FirstAfter(new KeyedRow(0, at.Id, at.Key), goesDown, count, rankAt)
            : goesDown ? count - 1
            : 0;
        var left = goesDown ? start + 1 : count - start;
        var offset = (int)Math.Min(window.Offset, left);
        var page = new KeyedRow[Math.Min(window.Take, left - offset)];
        for (var i = 0; i < page.Length; i++)
            page[i] = rows[rankAt(goesDown ? start - offset - i : start + offset + i)];
        return page;
    }

    // The place of the first row after a position in the direction of the walk.
    private int FirstAfter(KeyedRow position, bool goesDown, int count, Func<int, int> rankAt)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var compared = Ascending.Compare(rows[rankAt(middle)], position);
            if (compared < 0 || (compared == 0 && !goesDown))
                low = middle + 1;
            else
                high = middle;
        }
        return goesDown ? low - 1 : low;
    }
}
