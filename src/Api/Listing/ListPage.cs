using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Indexing;

namespace Api.Listing;

/// <summary>The items on a page of a list.</summary>
/// <param name="Rows">Their numbers and positions in the direction of the walk, with one extra row if there is a next page.</param>
/// <param name="Total">The number of matching items.</param>
internal sealed record ListPage(IReadOnlyList<(int Number, Position Position)> Rows, Total Total)
{
    /// <summary>The numbers of the items.</summary>
    public int[] Numbers => [.. Rows.Select(row => row.Number)];

    /// <summary>A page of the matching items.</summary>
    /// <param name="index">The index.</param>
    /// <param name="matches">The matching items.</param>
    /// <param name="given">The items in the order of the request, for <c>sort=given</c>.</param>
    /// <param name="window">The page to show.</param>
    public static ListPage Of(ItemIndex index, Matches matches, IReadOnlyList<int>? given, PageWindow window) =>
        new(
            window.Limit == 0 ? []
                : window.Sort == "given" ? Given(index, matches, given!, window)
                : Sorted(index, matches, window),
            window.Count == CountKind.None ? Total.None : Total.Exact(matches.Count)
        );

    /// <summary>A page of items that were ranked.</summary>
    /// <param name="best">The items with their scores.</param>
    /// <param name="window">The page to show.</param>
    /// <param name="id">The public id of an item, which breaks ties.</param>
    /// <param name="count">The number of matching items.</param>
    public static ListPage Ranked(IReadOnlyList<(int Item, long Score)> best, PageWindow window, Func<int, Guid> id, int count)
    {
        var rows = best.Select(one => (Number: one.Item, Position: new Position(one.Score, null, id(one.Item))))
            .OrderByDescending(row => row.Position.Number)
            .ThenByDescending(row => row.Position.Id)
            .AsEnumerable();
        if (window.Backward)
            rows = rows.Reverse();
        if (window.At is { } at)
            rows = rows.Where(row =>
                (row.Position.Number, row.Position.Id).CompareTo((at.Number, at.Id)) is var side && (window.Backward ? side > 0 : side < 0)
            );
        return new(
            window.Limit == 0 ? [] : [.. rows.Skip((int)window.Offset).Take(window.Take)],
            window.Count == CountKind.None ? Total.None : Total.Exact(count)
        );
    }

    private static IReadOnlyList<(int, Position)> Sorted(ItemIndex index, Matches matches, PageWindow window)
    {
        var by = window.Sort.TrimStart('-') switch
        {
            "updatedAt" => SortBy.Second,
            "title" => SortBy.Title,
            _ => SortBy.First,
        };
        Place? after = window.At is { } at ? new Place(at.Id, at.Number, at.Number, at.Key, 0) : null;
        var numbers = matches.Page(by, window.Sort.StartsWith('-') != window.Backward, after, window.Offset, window.Take);
        return [.. numbers.Select(number => (number, PositionOf(index.Places[number], by)))];
    }

    private static Position PositionOf(in Place place, SortBy by) =>
        by switch
        {
            SortBy.First => new Position(place.First, null, place.Id),
            SortBy.Second => new Position(place.Second, null, place.Id),
            _ => Position.At(place.Title, place.Id),
        };

    // An item named twice appears at its first position only.
    private static IReadOnlyList<(int, Position)> Given(ItemIndex index, Matches matches, IReadOnlyList<int> items, PageWindow window)
    {
        var all = items
            .Select((number, place) => (Number: number, Place: place + 1))
            .DistinctBy(one => one.Number)
            .Where(one => matches.Contains(one.Number));
        if (window.Backward)
            all = all.Reverse();
        if (window.At is { } at)
            all = all.Where(one => window.Backward ? one.Place < at.Count : one.Place > at.Count);
        return
        [
            .. all.Skip((int)Math.Min(window.Offset, int.MaxValue))
                .Take(window.Take)
                .Select(one => (one.Number, Position.At(one.Place, index.Places.Id(one.Number)))),
        ];
    }
}
