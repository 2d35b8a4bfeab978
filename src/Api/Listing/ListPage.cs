using System.Text;
using Api.Http.Answers;
using Api.Http.Parameters;
using Api.Indexing;

namespace Api.Listing;

/// <summary>Which items a page of a list holds.</summary>
/// <param name="Rows">Their numbers, one more than the page holds if there are more, in the direction of the walk, each with where it stands.</param>
/// <param name="Total">How many match.</param>
internal sealed record ListPage(IReadOnlyList<(int Number, Position Position)> Rows, Total Total)
{
    /// <summary>The numbers.</summary>
    public int[] Numbers => [.. Rows.Select(row => row.Number)];

    /// <summary>Whether nothing matches, as far as is known.</summary>
    public static bool IsNothing(ListPage? page) => page is { Rows: [], Total.Count: null or 0 };

    /// <summary>A page of what matches.</summary>
    /// <param name="index">The index.</param>
    /// <param name="matches">What matches.</param>
    /// <param name="given">The items in the order of the request, where <c>sort=given</c> is the order of the list.</param>
    /// <param name="window">The part asked for.</param>
    public static ListPage Of(ItemIndex index, Matches matches, IReadOnlyList<int>? given, PageWindow window) => new(
        window.Limit == 0 ? [] : window.Sort == "given" ? Given(index, matches, given!, window) : Sorted(index, matches, window),
        window.Count == CountKind.None ? Total.None : Total.Exact(matches.Count));

    private static IReadOnlyList<(int, Position)> Sorted(ItemIndex index, Matches matches, PageWindow window)
    {
        var by = window.Sort.TrimStart('-') switch { "updatedAt" => SortBy.Second, "title" => SortBy.Title, _ => SortBy.First };
        Place? after = window.At is { } at ? new Place(at.Id, at.Number, at.Number, Encoding.UTF8.GetBytes(at.Text ?? ""), 0) : null;
        var numbers = matches.Page(by, window.Sort.StartsWith('-') != window.Backward, after, window.Offset, window.Take);
        return [.. numbers.Select(number => (number, PositionOf(index.Places[number], by)))];
    }

    private static Position PositionOf(in Place place, SortBy by) => by switch
    {
        SortBy.First => new Position(place.First, null, place.Id),
        SortBy.Second => new Position(place.Second, null, place.Id),
        _ => Position.At(Encoding.UTF8.GetString(place.Title), place.Id),
    };

    // One that is named twice stands where it is named first.
    private static IReadOnlyList<(int, Position)> Given(ItemIndex index, Matches matches, IReadOnlyList<int> items, PageWindow window)
    {
        var all = items.Select((number, place) => (Number: number, Place: place + 1)).DistinctBy(one => one.Number).Where(one => matches.Contains(one.Number));
        if (window.Backward) all = all.Reverse();
        if (window.At is { } at) all = all.Where(one => window.Backward ? one.Place < at.Count : one.Place > at.Count);
        return [.. all.Skip((int)Math.Min(window.Offset, int.MaxValue)).Take(window.Take).Select(one => (one.Number, Position.At(one.Place, index.Places.Id(one.Number))))];
    }
}
