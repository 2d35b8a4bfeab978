using System.Text;
using Api.Http;
using Api.Indexing;

namespace Api.Articles;

/// <summary>Answers what a list of articles asks from the lists in memory: which articles, in which order, how many. Pure.</summary>
internal static class ArticleIndexQuery
{
    /// <summary>The articles of a filter, which may not search.</summary>
    public static Matches Find(ItemIndex index, ArticleFilter filter) => index.Find(new IndexQuery
    {
        Groups = [.. filter.Keys.Groups.Select(group => group.Select(key => key.Id).ToArray())],
        Excluded = filter.Keys.Excluded,
        Items = filter.Keys.ItemIds,
        ExcludedItems = filter.Keys.ExcludedItemIds,
        First = new Bounds(Microseconds(filter.From) ?? long.MinValue, Microseconds(filter.Before) ?? long.MaxValue),
        Second = new Bounds(Microseconds(filter.ChangedFrom) ?? long.MinValue, long.MaxValue),
    });

    /// <summary>The numbers of the articles of a page, one more than it holds if there are more, in the direction of the walk, each with where it stands.</summary>
    public static IReadOnlyList<(int Number, Position Position)> Page(ItemIndex index, Matches matches, ArticleFilter filter, PageWindow window)
    {
        if (window.Limit == 0) return [];
        if (window.Sort == "given") return Given(index, matches, filter.Keys.ItemIds!, window);
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
    private static IReadOnlyList<(int, Position)> Given(ItemIndex index, Matches matches, int[] items, PageWindow window)
    {
        var all = items.Select((number, place) => (Number: number, Place: place + 1)).DistinctBy(one => one.Number).Where(one => matches.Contains(one.Number));
        if (window.Backward) all = all.Reverse();
        if (window.At is { } at) all = all.Where(one => window.Backward ? one.Place < at.Count : one.Place > at.Count);
        return [.. all.Skip(window.Offset).Take(window.Take).Select(one => (one.Number, Position.At(one.Place, index.Places[one.Number].Id)))];
    }

    private static long? Microseconds(DateTime? instant) => instant is { } known ? Position.At(known, default).Number : null;
}
