using Api.Indexing;
using CsCheck;
using Roaring.Net.CRoaring;

namespace Api.Tests.Indexing;

/// <summary>Sets of items, against those of CRoaring.</summary>
public class KeySetTests
{
    // Few and many, in one chunk and in several, beside each other and far apart.
    private static readonly Gen<int[]> Numbers = Gen.Frequency(
        (4, Gen.Int[1, 300].HashSet[0, 80].Select(Ascending)),
        (3, Gen.Int[1, 300_000].HashSet[0, 300].Select(Ascending)),
        (1, Gen.Int[65_530, 65_542].HashSet[0, 13].Select(Ascending)),
        (
            1,
            Gen.Select(
                Gen.Int[1, 140_000],
                Gen.Int[0, 12_000],
                Gen.Int[1, 3],
                (from, count, step) => Enumerable.Range(0, count).Select(n => from + (n * step)).ToArray()
            )
        )
    );

    [Fact]
    public void Sets_are_combined_as_roaring_bitmaps_are() =>
        Gen.Select(Numbers, Numbers)
            .Sample(
                (one, other) =>
                {
                    var (a, b) = (KeySet.Of(one), KeySet.Of(other));
                    using var x = Bitmap(one);
                    using var y = Bitmap(other);
                    using var and = x.And(y);
                    using var or = x.Or(y);
                    using var andNot = x.AndNot(y);
                    Same(and, KeySet.And(a, b));
                    Same(or, KeySet.Or(a, b));
                    Same(andNot, KeySet.AndNot(a, b));
                    Assert.Equal((int)x.AndCount(y), KeySet.CountAnd(a, b));
                },
                iter: 1_000
            );

    [Fact]
    public void A_set_with_other_members_leaves_the_one_before_as_it_was() =>
        Gen.Select(Numbers, Gen.Select(Numbers, Numbers).List[1, 6])
            .Sample(
                (first, steps) =>
                {
                    var set = KeySet.Of(first);
                    using var oracle = Bitmap(first);
                    var before = new List<(KeySet Set, int[] Members)>();
                    foreach (var (added, removed) in steps)
                    {
                        before.Add((set, set.ToArray()));
                        set = set.With(added, removed);
                        oracle.RemoveMany([.. removed.Select(number => (uint)number)]);
                        oracle.AddMany([.. added.Select(number => (uint)number)]);
                        Same(oracle, set);
                    }
                    Assert.All(before, one => Assert.Equal(one.Members, one.Set.ToArray()));
                },
                iter: 500
            );

    [Fact]
    public void Members_are_found_and_others_are_not() =>
        Gen.Select(Numbers, Numbers)
            .Sample(
                (members, asked) =>
                {
                    var set = KeySet.Of(members);
                    using var oracle = Bitmap(members);
                    Assert.All(asked, number => Assert.Equal(oracle.Contains((uint)number), set.Contains(number)));
                    Assert.All(members, number => Assert.True(set.Contains(number)));
                },
                iter: 1_000
            );

    private static int[] Ascending(HashSet<int> numbers) => [.. numbers.Order()];

    private static Roaring32Bitmap Bitmap(int[] numbers) => Roaring32Bitmap.FromValues([.. numbers.Select(number => (uint)number)]);

    private static void Same(Roaring32Bitmap expected, KeySet actual)
    {
        Assert.Equal((int)expected.Count, actual.Count);
        Assert.Equal(expected.ToArray().Select(number => (int)number), actual.ToArray());
    }
}
