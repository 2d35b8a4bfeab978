using System.Globalization;
using Api.Contracts.Cards;

namespace Api.Tests.Related;

public class CardTextTests
{
    [Fact]
    public void A_text_of_300_characters_stays()
    {
        var text = new string('x', 300);
        Assert.Equal(text, CardText.Of(text));
        Assert.Equal("", CardText.Of(""));
    }

    [Fact]
    public void A_longer_one_ends_after_a_word() =>
        Assert.Equal(
            string.Join(' ', Enumerable.Repeat("words", 50)) + "…",
            CardText.Of(string.Join(' ', Enumerable.Repeat("words", 50)) + ", " + string.Join(' ', Enumerable.Repeat("words", 50)))
        );

    [Fact]
    public void A_text_without_spaces_ends_between_two_characters() =>
        Assert.Equal(new string('字', 300) + "…", CardText.Of(new string('字', 400)));

    // One character each to a reader, of up to eleven UTF-16 units.
    [Theory]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("e\u0301")]
    [InlineData("𝒳")]
    public void What_readers_see_as_one_character_is_never_cut(string one)
    {
        var text = string.Concat(Enumerable.Repeat(one, 310));
        Assert.Equal(string.Concat(Enumerable.Repeat(one, 300)) + "…", CardText.Of(text));
        Assert.Equal(300, StringInfo.ParseCombiningCharacters(CardText.Of(text)[..^1]).Length);
    }

    [Fact]
    public void A_word_that_ends_at_the_limit_stays_whole()
    {
        var text = new string('a', 140) + " " + new string('b', 159);
        Assert.Equal(text + "…", CardText.Of(text + " more"));
    }
}
