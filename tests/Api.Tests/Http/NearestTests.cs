using Api.Http.Errors;
using CsCheck;

namespace Api.Tests.Http;

public class NearestTests
{
    private static readonly string[] Names = ["topic", "topicAll", "type", "expert", "publishedFrom", "sort", "limit"];

    [Theory]
    [InlineData("topics", "topic")]
    [InlineData("tpoic", "topic")]
    [InlineData("Topic", "topic")]
    [InlineData("experts", "expert")]
    [InlineData("publishedfrom", "publishedFrom")]
    [InlineData("publishdFrom", "publishedFrom")]
    [InlineData("published", "publishedFrom")]
    public void The_nearest_comes_first(string value, string expected) => Assert.Equal(expected, Nearest.Of(value, Names, 1).Single());

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("xyzzyxyzzy")]
    public void Nothing_is_near_to_nonsense(string value) => Assert.Empty(Nearest.Of(value, Names, 5));

    [Fact]
    public void An_overlong_value_is_not_compared() => Assert.Empty(Nearest.Of(new string('a', 5_000), [new string('a', 5_000)], 5));

    [Fact]
    public void At_most_as_many_as_asked_for() => Assert.Equal(2, Nearest.Of("a", ["a", "b", "c"], 2).Count);

    [Fact]
    public void Neighbours_swapped_are_one_edit() => Assert.Equal(1, Nearest.Distance("chnia", "china", 3));

    [Fact]
    public void Distance_is_symmetric_and_zero_only_for_the_same() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 9], Gen.String[Gen.Char['a', 'd'], 0, 9])
            .Sample(
                (one, other) =>
                {
                    var distance = Nearest.Distance(one, other, 20);
                    return distance == Nearest.Distance(other, one, 20) && distance == 0 == (one == other);
                }
            );

    [Fact]
    public void A_bound_changes_nothing_below_it() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 9], Gen.String[Gen.Char['a', 'd'], 0, 9], Gen.Int[0, 5])
            .Sample(
                (one, other, bound) =>
                {
                    var (exact, bounded) = (Nearest.Distance(one, other, 20), Nearest.Distance(one, other, bound));
                    return exact <= bound ? bounded == exact : bounded > bound;
                }
            );

    [Fact]
    public void The_distance_to_a_beginning_is_the_least_to_those_about_as_long() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 1, 9], Gen.String[Gen.Char['a', 'd'], 0, 12], Gen.Int[0, 4])
            .Sample(
                (one, other, bound) =>
                    Nearest.DistanceToBeginning(one, other, bound)
                    == Enumerable
                        .Range(one.Length - 1, 3)
                        .Min(length => Math.Min(bound + 1, Nearest.Distance(one, other[..Math.Min(length, other.Length)], 20)))
            );
}
