using Api.Indexing;
using CsCheck;

namespace Api.Tests.Indexing;

/// <summary>An index of items after random changes, against LINQ over the same items.</summary>
public class ItemIndexTests
{
    // Equal instants and titles are frequent, so that ties are.
    private static readonly Gen<Place> Places = Gen.Select(
        Gen.Guid,
        Gen.Long[-3, 40],
        Gen.Long[0, 40],
        Gen.Byte[97, 100].Array[0, 3],
        (id, first, second, title) => new Place(id, first, second, title, (short)(2000 + (first / 10)))
    );

    private static readonly Gen<IndexedItem> Items = Gen.Select(
        Gen.Int[1, 150],
        Places,
        Gen.Int[1, 12].HashSet[0, 5],
        (number, place, keys) => new IndexedItem(number, place, [.. keys])
    );

    // What one commit changes: items as they are now, and items that are gone.
    private static readonly Gen<(IndexedItem[] Present, int[] Gone)> Commits = Gen.Select(
        Items.Array[0, 12],
        Gen.Int[1, 150].Array[0, 6],
        (present, gone) =>
            (
                (IndexedItem[])[.. present.DistinctBy(item => item.Number)],
                (int[])[.. gone.Distinct().Except(present.Select(item => item.Number))]
            )
    );

    private static readonly Gen<Bounds> Times = Gen.Frequency(
        (3, Gen.Const(Bounds.Open)),
        (1, Gen.Select(Gen.Long[-5, 45], Gen.Long[0, 30], (from, length) => new Bounds(from, from + length))),
        (1, Gen.Long[-5, 45].Select(from => Bounds.Open with { From = from })),
        (1, Gen.Long[-5, 45].Select(before => Bounds.Open with { Before = before }))
    );

    private static readonly Gen<IndexQuery> Queries = Gen.Select(
        Gen.Int[1, 13].Array[1, 3].Array[0, 3],
        Gen.Int[1, 13].Array[0, 2],
        Gen.OneOf(Gen.Const((int[]?)null), Gen.Int[1, 150].Array[0, 20]),
        Gen.Int[1, 150].Array[0, 3],
        Times,
        Times,
        (groups, excluded, items, excludedItems, first, second) =>
            new IndexQuery
            {
                Groups = groups,
                Excluded = excluded,
                Items = items,
                ExcludedItems = excludedItems,
                First = first,
                Second = second,
            }
    );

    private static readonly Gen<(SortBy By, bool Descending, Place? After, int Skip, int Take)> Pages = Gen.Select(
        Gen.Enum<SortBy>(),
        Gen.Bool,
        Gen.OneOf(Gen.Const((Place?)null), Places.Select(place => (Place?)place)),
        Gen.OneOf(Gen.Const(0), Gen.Int[0, 200]),
        Gen.Int[0, 30]
    );

    [Fact]
    public void Lists_totals_and_facets_are_those_of_the_items_after_any_changes() =>
        Gen.Select(Items.Array[0, 120], Commits.List[0, 8], Gen.Select(Queries, Pages).List[1, 12])
            .Sample(
                (first, commits, asked) =>
                {
                    var items = first.DistinctBy(item => item.Number).ToDictionary(item => item.Number);
                    var index = ItemIndex.Of(items.Values);
                    Check(items, index, asked);
                    foreach (var (present, gone) in commits)
                    {
                        var (earlier, before) = (items.ToDictionary(), index);
                        var left = present
                            .Select(item => item.Number)
                            .Concat(gone)
                            .Select(number => (number, earlier.GetValueOrDefault(number)?.Keys ?? []))
                            .ToList();
                        foreach (var item in present)
                            items[item.Number] = item;
                        foreach (var number in gone)
                            items.Remove(number);
                        index = index.With(present, gone, left);
                        Check(items, index, asked);
                        Check(earlier, before, asked);
                    }
                },
                iter: 300
            );

    [Fact]
    public void A_page_goes_on_after_an_item_that_is_there() =>
        Gen.Select(Items.Array[1, 120], Queries, Pages)
            .Sample(
                (all, query, page) =>
                {
                    var items = all.DistinctBy(item => item.Number).ToDictionary(item => item.Number);
                    var index = ItemIndex.Of(items.Values);
                    foreach (var item in items.Values)
                        Check(items, index, [(query, page with { After = item.Place, Skip = 0 })]);
                },
                iter: 300
            );

    // So that times are in many stretches.
    private const long Unit = 1L << 42;

    [Fact]
    public void Many_items_are_walked_gathered_and_changed_alike()
    {
        var random = new Random(11);
        var items = new Dictionary<int, IndexedItem>();
        IndexedItem Some(int number) =>
            new(
                number,
                new Place(
                    Guid.NewGuid(),
                    random.Next(5_000) * Unit,
                    random.Next(5_000) * Unit,
                    [(byte)random.Next(97, 123), (byte)random.Next(97, 123)],
                    (short)random.Next(2000, 2010)
                ),
                [.. new[] { 1, random.Next(2, 9), random.Next(10, 40), random.Next(100, 900) }.Distinct()]
            );
        for (var number = 1; number <= 70_000; number += 1 + random.Next(2))
            items[number] = Some(number);
        var index = ItemIndex.Of(items.Values);
        List<(IndexQuery, (SortBy, bool, Place?, int, int))> asked =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(n =>
                    (
                        new IndexQuery
                        {
                            Groups =
                                n % 4 == 0
                                    ? []
                                    :
                                    [
                                        [random.Next(1, 9), random.Next(10, 40)],
                                        [n % 3 == 0 ? random.Next(100, 900) : 1],
                                    ],
                            Excluded = n % 5 == 0 ? [random.Next(2, 9)] : [],
                            First = n % 2 == 0 ? Bounds.Open : new Bounds(random.Next(2_000) * Unit, (2_500 + random.Next(2_000)) * Unit),
                            Second = n % 7 != 0 ? Bounds.Open : new Bounds(random.Next(2_000) * Unit, long.MaxValue),
                        },
                        (
                            (SortBy)(n % 3),
                            n % 2 == 1,
                            n % 3 == 1 ? items[items.Keys.ElementAt(random.Next(items.Count))].Place : (Place?)null,
                            n % 4 == 2 ? random.Next(30_000) : 0,
                            20
                        )
                    )
                ),
        ];
        Check(items, index, asked);
        foreach (var size in new[] { 1, 40, 900, 20_000 })
        {
            var changed = Enumerable.Range(0, size).Select(_ => random.Next(1, 75_000)).Distinct().ToList();
            var left = changed.Select(number => (number, items.GetValueOrDefault(number)?.Keys ?? [])).ToList();
            List<IndexedItem> present = [.. changed.Where(number => number % 4 != 0).Select(Some)];
            List<int> gone = [.. changed.Where(number => number % 4 == 0)];
            foreach (var item in present)
                items[item.Number] = item;
            foreach (var number in gone)
                items.Remove(number);
            index = index.With(present, gone, left);
            Check(items, index, asked);
        }
    }

    private static void Check(
        Dictionary<int, IndexedItem> items,
        ItemIndex index,
        IEnumerable<(IndexQuery Query, (SortBy By, bool Descending, Place? After, int Skip, int Take) Page)> asked
    )
    {
        Assert.Equal(items.Keys.Order(), index.All.ToArray());
        foreach (var (query, (by, descending, after, skip, take)) in asked)
        {
            var found = items.Values.Where(item => IsAskedFor(item, query)).ToList();
            var matches = index.Find(query);
            Assert.Equal(found.Count, matches.Count);
            for (var key = 1; key < 14; key++)
                Assert.Equal(found.Count(item => item.Keys.Contains(key)), matches.CountOf(key));
            for (var year = 1999; year < 2006; year++)
                Assert.Equal(found.Count(item => item.Place.Year == year), matches.CountOfYear(year));
            var sorted = found
                .Where(item =>
                    after is not { } place || (descending ? Compare(by, item.Place, place) < 0 : Compare(by, item.Place, place) > 0)
                )
                .ToList();
            sorted.Sort((a, b) => descending ? Compare(by, b.Place, a.Place) : Compare(by, a.Place, b.Place));
            Assert.Equal(sorted.Skip(skip).Take(take).Select(item => item.Number), matches.Page(by, descending, after, skip, take));
        }
    }

    private static int Compare(SortBy by, Place one, Place other)
    {
        var compared = by switch
        {
            SortBy.First => one.First.CompareTo(other.First),
            SortBy.Second => one.Second.CompareTo(other.Second),
            _ => one.Title.AsSpan().SequenceCompareTo(other.Title),
        };
        return compared != 0 ? compared : one.Id.CompareTo(other.Id);
    }

    private static bool IsAskedFor(IndexedItem item, IndexQuery query) =>
        query.Groups.All(group => group.Any(item.Keys.Contains))
        && !query.Excluded.Any(item.Keys.Contains)
        && query.Items?.Contains(item.Number) != false
        && !query.ExcludedItems.Contains(item.Number)
        && query.First.Contain(item.Place.First)
        && query.Second.Contain(item.Place.Second);
}
