using Api.Http.Parameters;
using Api.Words;
using Api.Words.Texts;

namespace Api.Tests.Http;

public class SearchTextTests
{
    [Theory]
    [InlineData("sea lanes", "sea & lanes")]
    [InlineData("\"sea lanes\" china", "sea lanes & china")]
    [InlineData("“sea lanes”", "sea lanes")]
    [InlineData("\"sea lanes", "sea lanes")]
    [InlineData("nickel OR copper iron", "nickel | copper & iron")]
    [InlineData("nickel or copper", "nickel | copper")]
    [InlineData("or argent", "or & argent")]
    [InlineData("nickel or", "nickel")]
    [InlineData("co-operation", "(co operation / cooperation)")]
    [InlineData("co\u2011operation", "(co operation / cooperation)")]
    [InlineData("l\u2019Europe", "(l europe / leurope)")]
    [InlineData("\"the O'Neill plan\"", "(the o neill plan / the oneill plan)")]
    [InlineData("U.S. policy", "us & policy")]
    [InlineData("x.com 3.14 J.Smith U.S.A", "x com & 3 14 & j smith & usa")]
    [InlineData("F-16s 1990s 1,250 1990's", "(f 16 / f16) & 1990 & 1250 & 1990 s")]
    [InlineData("o\u02bcneill", "(o neill / oneill)")]
    [InlineData("\u0640 \u064b a\u0640b", "ab")]
    [InlineData("end. start", "end & start")]
    [InlineData("中国政策", "中国 国政 政策")]
    [InlineData("核", "核*")]
    [InlineData("ＧＤＰ成長", "gdp 成長")]
    [InlineData("ﾄﾗｯｸ", "トラ ラッ ック")]
    [InlineData("می\u200cخواهند", "(می خواهند / میخواهند)")]
    [InlineData("R&D", "r d")]
    [InlineData("!!! - \" \" ''", "")]
    [InlineData("cable -permit", "cable - permit")]
    [InlineData("cable -\"of the sea\" -x", "cable - of the sea - x")]
    [InlineData("cable well-known", "cable & (well known / wellknown)")]
    [InlineData("cable - permit", "cable & permit")]
    public void What_is_typed_becomes_a_query(string text, string query) => Assert.Equal(query, Written(WordQuery.Of(SearchText.Of(text))));

    [Theory]
    [InlineData("-permit", true)]
    [InlineData("cable OR -permit", true)]
    [InlineData("cable -permit", false)]
    [InlineData("!!!", false)]
    public void A_search_may_not_only_exclude(string text, bool onlyExcludes) =>
        Assert.Equal(onlyExcludes, SearchText.Of(text).OnlyExcludes);

    [Fact]
    public void Corrected_words_are_written_as_they_were_typed_otherwise() =>
        Assert.Equal(
            "\"sea lanes\" china co-operation OR trade -sea",
            SearchText
                .Of("\"sae lanes\" chnia co-operation or trade -sea")
                .With(new Dictionary<string, string> { ["sae"] = "sea", ["chnia"] = "china" })
                .ToString()
        );

    [Fact]
    public void Whatever_is_typed_its_words_are_letters_and_digits() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.String,
            text =>
                WordQuery
                    .Of(SearchText.Of(text))
                    .Terms.SelectMany(term => term.Spellings)
                    .SelectMany(spelling => spelling)
                    .All(unit => unit.Word.Length > 0 && unit.Word.All(c => Scripts.Of(c) is not (Script.None or Script.Ignored)))
        );

    private static string Written(WordQuery query) =>
        string.Join(
            " | ",
            query.Alternatives.Select(one =>
                string.Join(" & ", one.Wanted.Select(term => Written(query.Terms[term])))
                + string.Concat(one.Excluded.Select(term => " - " + Written(query.Terms[term])))
            )
        );

    private static string Written(WordTerm term)
    {
        var spellings = term.Spellings.Select(spelling =>
            string.Join(' ', spelling.Select(unit => unit.IsStart ? unit.Word + "*" : unit.Word))
        );
        return term.Spellings.Count == 1 ? spellings.Single() : $"({string.Join(" / ", spellings)})";
    }
}
