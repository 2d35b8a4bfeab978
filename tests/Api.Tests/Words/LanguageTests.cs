using Api.Tests.Support;
using Api.Words.Languages;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Api.Tests.Words;

public sealed class LanguageTests
{
    private static readonly KnownLanguages Known = new(new SearchSettings([]), NullLogger<KnownLanguages>.Instance);

    [Fact]
    public void The_document_tells_how_many_forms_are_recognised_without_dictionaries()
    {
        var documented = LanguageTable.Rows();
        Assert.Equal(
            Pairs.Of.Values.Select(pairs => $"{pairs.Language}: {pairs.Judge(Known.Get(pairs.Language))}").Order(),
            documented.Select(row => $"{row.Language}: {row.Without}").Order()
        );
    }

    [Theory]
    [InlineData("hu", "ház", "házak")]
    [InlineData("pt", "eleição", "eleições")]
    [InlineData("pt-BR", "nação", "nações")]
    [InlineData("nb", "avtale", "avtaler")]
    [InlineData("nn", "avtale", "avtaler")]
    [InlineData("ro", "miniștrii", "miniştrii")]
    [InlineData("ru", "учёный", "ученые")]
    [InlineData("el", "νόμος", "νόμοι")]
    [InlineData("sr-Latn", "izbori", "избора")]
    [InlineData("sr-Cyrl", "izbori", "избора")]
    [InlineData("de_AT", "Häuser", "Haus")]
    [InlineData("fa", "کتاب\u200cها", "كتاب")]
    [InlineData("iw", "הממשלה", "ממשלה")]
    public void Forms_of_a_word_have_a_stem_in_common(string tag, string one, string other)
    {
        var language = Known.Get(tag);
        Assert.NotEmpty(language.Stems(Folding.Normal(one)).Intersect(language.Stems(Folding.Normal(other))));
    }

    [Theory]
    [InlineData("en", "the")]
    [InlineData("de", "für")]
    [InlineData("fr", "été")]
    [InlineData("no", "ikke")]
    [InlineData("el", "είναι")]
    [InlineData("cs", "který")]
    [InlineData("fa", "برای")]
    [InlineData("ar", "على")]
    [InlineData("ro", "și")]
    [InlineData("hi", "और")]
    [InlineData("tr", "için")]
    public void Common_words_are_stop_words(string tag, string word) => Assert.True(Known.Get(tag).IsStopWord(word));

    [Theory]
    [InlineData("en", "policy")]
    [InlineData("pl", "the")]
    [InlineData("xx", "the")]
    public void Other_words_are_none(string tag, string word) => Assert.False(Known.Get(tag).IsStopWord(word));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("xx")]
    [InlineData("tlh-Latn")]
    [InlineData("../../en")]
    public void Of_an_unknown_language_each_word_is_its_stem(string? tag)
    {
        var language = Known.Get(tag);
        Assert.Equal(["words"], language.Stems("words"));
        Assert.Equal("", language.Name);
        Assert.Same(Known.Get("yy"), language);
    }

    [Theory]
    [InlineData("zh-Hant", Writing.Unspaced)]
    [InlineData("yue", Writing.Unspaced)]
    [InlineData("ja", Writing.Unspaced)]
    [InlineData("th", Writing.Unspaced)]
    [InlineData("lo", Writing.Unspaced)]
    [InlineData("km", Writing.Unspaced)]
    [InlineData("my", Writing.Unspaced)]
    [InlineData("ko-KR", Writing.Korean)]
    [InlineData("vi", Writing.Spaced)]
    public void The_writing_is_known(string tag, object writing) => Assert.Equal(writing, Known.Get(tag).Writing);

    [Fact]
    public void A_language_has_one_instance()
    {
        Assert.Same(Known.Get("en-GB"), Known.Get("EN"));
        Assert.Same(Known.Get("nb"), Known.Get("nn-NO"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Any_word_has_a_stem(string tag)
    {
        var language = Known.Get(tag);
        var letters = Pairs.Of[tag].Words.SelectMany(Folding.Normal).Distinct().Concat("a1'’\u200c").ToArray();
        Gen.Int[0, letters.Length - 1]
            .Select(at => letters[at])
            .Array[1, 9]
            .Sample(word => language.Stems(new string(word)) is { Count: > 0 } stems && stems.All(stem => stem.Length > 0));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Stems_are_the_same_on_many_threads(string tag)
    {
        var language = Known.Get(tag);
        var words = Pairs.Of[tag].Words.Select(Folding.Normal).ToList();
        var alone = words.Select(Stems).ToList();
        var together = Enumerable
            .Repeat(words, 20)
            .SelectMany(some => some)
            .AsParallel()
            .AsOrdered()
            .WithDegreeOfParallelism(4)
            .Select(Stems);
        Assert.Equal(Enumerable.Repeat(alone, 20).SelectMany(some => some), together);

        string Stems(string word) => string.Join(' ', language.Stems(word));
    }

    public static TheoryData<string> Languages => [.. Pairs.Of.Keys];
}
