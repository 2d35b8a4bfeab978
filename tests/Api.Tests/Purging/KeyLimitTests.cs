using Api.Purging;

namespace Api.Tests.Purging;

public class KeyLimitTests
{
    [Theory]
    [InlineData(0, 200, "")]
    [InlineData(1, 200, "1")]
    [InlineData(200, 200, "200")]
    [InlineData(201, 200, "200 1")]
    [InlineData(600, 256, "256 256 88")]
    public void A_request_has_at_most_so_many_keys(int keys, int most, string expected) =>
        Assert.Equal(expected, Sizes(new KeyLimit(most).Split(Enumerable.Range(0, keys).Select(number => $"{number}"))));

    // Three keys of nine bytes are 29 bytes with the spaces between them.
    [Theory]
    [InlineData(29, "3 1")]
    [InlineData(28, "2 2")]
    [InlineData(8, "1 1 1 1")]
    public void And_at_most_so_many_bytes(int most, string expected) =>
        Assert.Equal(expected, Sizes(new KeyLimit(200, most).Split(["aaaaaaaaa", "bbbbbbbbb", "ccccccccc", "ddddddddd"])));

    [Fact]
    public void No_key_is_lost_and_the_order_stays()
    {
        string[] keys = [.. Enumerable.Range(0, 1_000).Select(number => new string('k', number % 90) + number)];
        var parts = new KeyLimit(200, 3_500).Split(keys);
        Assert.Equal(keys, parts.SelectMany(part => part));
        Assert.All(parts, part => Assert.InRange(string.Join(' ', part).Length, 1, 3_500));
        // No part could have taken the first key of the next one.
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.True(string.Join(' ', [.. pair.First, pair.Second[0]]).Length > 3_500));
    }

    private static string Sizes(IEnumerable<IReadOnlyList<string>> parts) => string.Join(' ', parts.Select(part => part.Count));
}
