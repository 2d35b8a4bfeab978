using Api.Contracts;
using Api.Contracts.Lists;
using Api.Http.Answers;
using Api.Http.Tags;
using Microsoft.Extensions.Configuration;

namespace Api.Tests.Http.Caching;

/// <summary>The grammar of keys, and what becomes of them when there is no room.</summary>
public class CacheKeyTests
{
    [Theory]
    [InlineData("a-longer_view-2", "a-longer_view-2")]
    [InlineData("küste", "~")]
    [InlineData("Upper", "~")]
    [InlineData("", "")]
    public void A_slug_stands_as_it_is_or_as_its_hash(string slug, string expected)
    {
        var key = CacheKey.Slug(slug);
        if (expected.StartsWith('~'))
            Assert.Matches("^~[0-9a-f]{16}$", key);
        else
            Assert.Equal(expected, key);
    }

    [Fact]
    public void A_slug_of_80_letters_stands_as_it_is_and_a_longer_one_does_not()
    {
        Assert.Equal(new string('x', 80), CacheKey.Slug(new string('x', 80)));
        Assert.Equal("~", CacheKey.Slug(new string('x', 81))[..1]);
    }

    [Fact]
    public void An_item_is_the_last_twelve_digits_of_its_id() =>
        Assert.Equal("9f2c41d07b3e", CacheKey.Item("urn:uuid:0189f7ea-ae2c-7c4a-8e0b-9f2c41d07b3e"));

    [Fact]
    public void A_card_has_the_key_of_the_item_with_an_ending()
    {
        Assert.Equal("9f2c41d07b3e.c", CacheKey.Card("urn:uuid:0189f7ea-ae2c-7c4a-8e0b-9f2c41d07b3e"));
        var keys = new AnswerKeys(null);
        keys.List("topics/china/articles");
        keys.ShowCards(Enumerable.Range(0, 100).Select(Item));
        Assert.Equal(2 + 100, keys.Write(' ').Split(' ').Length);
        // The key of the item covers its card.
        keys.Show([Item(99)]);
        Assert.Equal(2 + 100, keys.Write(' ').Split(' ').Length);
        Assert.EndsWith(" 000000000062.c", keys.Write(' '), StringComparison.Ordinal);
        Assert.Contains(" 000000000063 ", keys.Write(' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Items_give_way_to_the_place_they_are_in_and_places_to_collections()
    {
        var keys = new AnswerKeys(null);
        keys.List("topics/china/articles");
        keys.Show(Enumerable.Range(0, 100).Select(Item));
        Assert.Equal(2 + 100, keys.Write(' ').Split(' ').Length);
        keys.Show(Enumerable.Range(100, 100).Select(Item));
        Assert.Equal("all topics/china/articles", keys.Write(' '));
        for (var n = 0; n < 100; n++)
            keys.List($"topics/{new string('x', 70)}-{n}/articles");
        Assert.Equal("all articles", keys.Write(' '));
        keys.Content();
        Assert.Equal("all,content", keys.Write(','));
    }

    [Fact]
    public void An_answer_of_which_nothing_is_known_goes_with_any_change() => Assert.Equal("all content", new AnswerKeys(null).Write(' '));

    [Theory]
    [InlineData(null, "Surrogate-Key", ' ')]
    [InlineData("cache-tag", "Cache-Tag", ',')]
    [InlineData("xkey", "xkey", ' ')]
    public void The_header_is_a_setting(string? setting, string name, char separator) =>
        Assert.Equal(new KeyHeader(name, separator), KeyHeader.From(Configuration(setting)));

    [Fact]
    public void Another_header_is_refused_with_those_there_are() =>
        Assert.Contains(
            "Surrogate-Key, Cache-Tag, xkey",
            Assert.Throws<InvalidOperationException>(() => KeyHeader.From(Configuration("X-Key"))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Links_that_do_not_fit_are_left_out_whole_the_first_ones_last()
    {
        var (large, small) = ("https://api.example.org/?" + new string('x', 500), "https://api.example.org/");
        Assert.Equal(
            $"<{large}>; rel=\"next\", <{small}>; rel=\"first\"",
            LinkHeader.Write([("next", large), ("prev", large), ("first", small), ("last", null), ("self", large)]).ToString()
        );
        Assert.Equal(0, LinkHeader.Write([("self", large + large)]).Count);
    }

    private static SearchHit Item(int number) =>
        new()
        {
            Resource = "article",
            Id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"urn:uuid:00000000-0000-0000-0000-{number:x12}"),
            Slug = "x",
            Title = "x",
            Url = "x",
            Path = "",
            Type = null,
            Date = null,
            Byline = null,
            Image = null,
            Snippet = "",
            Score = 1,
            Links = new SelfLink("x"),
        };

    private static IConfiguration Configuration(string? header) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Cache:KeyHeader"] = header }).Build();
}
