using System.Globalization;
using System.Text.Json;
using Api.Invalidation;

namespace Api.Tests.Invalidation;

/// <summary>The keys that changes name, without a database.</summary>
public class StaleKeysTests
{
    private static readonly Dictionary<int, Subject> NoSubjects = [];

    [Theory]
    // Beside content and articles, an article has eight keys: its own, its card's, and its address under six slugs.
    [InlineData(24, 8, false)]
    [InlineData(25, 8, true)]
    [InlineData(18, 80, false)]
    [InlineData(21, 80, true)]
    public void At_most_200_keys_and_12000_bytes_are_named(int articles, int length, bool isAll)
    {
        var numbers = Enumerable.Range(1, articles).ToList();
        var named = StaleKeys.Of(
            [.. numbers.Select(number => Changed(number, "card"))],
            [],
            NoSubjects,
            numbers.ToDictionary(number => number, number => Name(number, length))
        );
        Assert.Equal(isAll ? 1 : 2 + (8 * articles), named.Count);
        Assert.Equal(isAll, named.Contains("all"));
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(named).Length <= StaleKeys.MostBytes);
    }

    [Fact]
    public void The_length_counts_as_JSON()
    {
        // With quotation marks, commas and brackets: 120 × 100 - 1 + 2.
        string[] keys =
        [
            .. Enumerable.Range(0, 120).Select(number => new string('x', 97 - 6) + number.ToString("000000", CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(StaleKeys.MostBytes + 1, JsonSerializer.SerializeToUtf8Bytes(keys).Length);
        Assert.Equal(["all"], StaleKeys.Bounded(keys));
        keys[0] = keys[0][1..];
        Assert.Equal(StaleKeys.MostBytes, JsonSerializer.SerializeToUtf8Bytes(keys).Length);
        Assert.Equal(keys, StaleKeys.Bounded(keys));
    }

    [Fact]
    public void An_item_that_moves_more_often_than_slugs_are_remembered_names_all()
    {
        var names = new Dictionary<int, ItemName> { [1] = Name(1, 8) };
        Assert.Contains("articles", StaleKeys.Of([.. Enumerable.Range(0, 5).Select(_ => Changed(1, "slug"))], [], NoSubjects, names));
        Assert.Equal(["all"], StaleKeys.Of([.. Enumerable.Range(0, 6).Select(_ => Changed(1, "slug"))], [], NoSubjects, names));
    }

    private static ItemChange Changed(int number, params string[] aspects) =>
        new()
        {
            Resource = "article",
            ItemId = number,
            Live = true,
            Aspects = aspects,
        };

    private static ItemName Name(int number, int length) =>
        new(
            "article",
            new Guid(string.Create(CultureInfo.InvariantCulture, $"{number:x32}")),
            [.. Enumerable.Range(0, 6).Select(n => string.Create(CultureInfo.InvariantCulture, $"{number:000}-{n}").PadRight(length, 'x'))]
        );
}
