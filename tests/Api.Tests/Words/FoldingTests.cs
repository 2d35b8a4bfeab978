using Api.Words.Languages;
using CsCheck;

namespace Api.Tests.Words;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Straße", "strasse")]
    [InlineData("Łódź", "lodz")]
    [InlineData("ŒUVRE", "oeuvre")]
    [InlineData("Ærø", "aero")]
    [InlineData("Đorđe", "dorde")]
    [InlineData("þing", "thing")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ışık", "isik")]
    [InlineData("ＡＢＣ１２", "abc12")]
    [InlineData("e\u0301le\u0301ction", "election")]
    [InlineData("ﬁn", "fin")]
    [InlineData("Ήλιος", "ηλιοσ")]
    [InlineData("ёлка", "елка")]
    [InlineData("за\u0301мок", "замок")]
    [InlineData("мой", "мой")]
    [InlineData("Україна", "україна")]
    [InlineData("أَحْمَد", "احمد")]
    [InlineData("مدرسة", "مدرسه")]
    [InlineData("مصطفى", "مصطفي")]
    [InlineData("کتاب\u200cهای", "كتابهاي")]
    [InlineData("محمـــد", "محمد")]
    [InlineData("۲۰۲۴", "2024")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("ประเทศไทย", "ประเทศไทย")]
    [InlineData("नीति", "नीति")]
    [InlineData("မြန်မာ", "မြန်မာ")]
    [InlineData("ガイド", "ガイド")]
    [InlineData("ｶﾞｲﾄﾞ", "ガイド")]
    [InlineData("한국", "한국")]
    [InlineData("Việt", "viet")]
    [InlineData("co\u00adoperation", "cooperation")]
    [InlineData("", "")]
    public void A_word_is_folded(string word, string folded) => Assert.Equal(folded, Folding.Fold(word));

    [Theory]
    [InlineData("E\u0301lection", "élection")]
    [InlineData("ＡＢＣ", "abc")]
    [InlineData("ÖL", "öl")]
    [InlineData("İzmir", "izmir")]
    [InlineData("ΛΌΓΟΣ", "λόγοσ")]
    [InlineData("کتاب\u200cها", "کتاب\u200cها")]
    [InlineData("Straße", "straße")]
    public void A_normal_word_keeps_its_accents(string word, string normal) => Assert.Equal(normal, Folding.Normal(word));

    [Theory]
    [InlineData("plain words 12")]
    [InlineData("нефть")]
    [InlineData("政策")]
    public void What_does_not_change_is_the_same_text(string text)
    {
        Assert.Same(text, Folding.Fold(text));
        Assert.Same(text, Folding.Normal(text));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_error() => Assert.Equal("a\ufffdb", Folding.Fold("a\ud800b"));

    [Fact]
    public void Folding_again_changes_nothing() =>
        Letters.Sample(text =>
            Folding.Fold(Folding.Fold(text)) == Folding.Fold(text) && Folding.Normal(Folding.Normal(text)) == Folding.Normal(text)
        );

    [Fact]
    public void The_normal_form_folds_to_the_same() => Letters.Sample(text => Folding.Fold(Folding.Normal(text)) == Folding.Fold(text));

    // Of all scripts up to kana, each as likely as another, with many combining marks.
    private static readonly Gen<string> Letters = Gen.OneOf(
            Gen.Char['\u0020', '\u052f'],
            Gen.Char['\u0300', '\u036f'],
            Gen.Char['\u0590', '\u0dff'],
            Gen.Char['\u1e00', '\u24ff'],
            Gen.Char['\u3000', '\ud7a3'],
            Gen.Char['\uf900', '\uffdc']
        )
        .Array[0, 8]
        .Select(letters => new string(letters));
}
