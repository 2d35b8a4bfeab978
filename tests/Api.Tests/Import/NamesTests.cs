using Api.Contracts.Text;
using Api.Import.Lines.Values;
using CsCheck;

namespace Api.Tests.Import;

public class NamesTests
{
    [Theory]
    [InlineData("a-longer_view2", true)]
    [InlineData("中国-经济", true)]
    [InlineData("हिन्दी", true)]
    [InlineData("é", true)]
    [InlineData("e\u0301", false)]
    [InlineData("Upper", false)]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("a,b", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    public void A_slug_is_letters_digits_underscores_and_hyphens(string text, bool valid) => Assert.Equal(valid, Slug.IsValid(text));

    [Fact]
    public void A_slug_has_at_most_200_bytes()
    {
        Assert.True(Slug.IsValid(new string('a', 200)));
        Assert.False(Slug.IsValid(new string('a', 201)));
        Assert.False(Slug.IsValid(new string('中', 67)));
    }

    [Theory]
    [InlineData("A Longer View: On “Power”", "a-longer-view-on-power")]
    [InlineData("L’Europe, demain", "leurope-demain")]
    [InlineData("E\u0301lan vital", "élan-vital")]
    [InlineData("中国 / 经济", "中国-经济")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("???", "")]
    [InlineData("-kept-", "-kept-")]
    public void Any_text_makes_a_slug(string text, string slug) => Assert.Equal(slug, Slug.From(text));

    [Fact]
    public void A_made_slug_is_valid_and_stays() =>
        Gen.String.Sample(text =>
        {
            var slug = Slug.From(text);
            Assert.True(slug == "" || Slug.IsValid(slug));
            Assert.Equal(slug, slug == "" ? "" : Slug.From(slug));
        });

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("\u1112\u1161\u11ab", "한")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("a\u0315\u0300\u05ae\u0300b", "\u00e0\u05ae\u0300\u0315b")]
    public void Form_C_composes_and_orders(string text, string expected) => Assert.Equal(expected, Nfc.Normalize(text));

    [Fact]
    public void The_same_resource_and_slug_have_the_same_id()
    {
        Assert.Equal(ItemId.Of("topic", "china"), ItemId.Of("topic", "china"));
        Assert.NotEqual(ItemId.Of("topic", "china"), ItemId.Of("expert", "china"));
        Assert.Equal(5, ItemId.Of("topic", "china").Version);
    }
}
