using Api.Http.Parameters;

namespace Api.Tests.Http;

public class SearchTextTests
{
    [Theory]
    [InlineData("sea lanes", "'sea' & 'lanes'")]
    [InlineData("\"sea lanes\" china", "'sea lanes' & 'china'")]
    [InlineData("“sea lanes”", "'sea lanes'")]
    [InlineData("\"sea lanes", "'sea lanes'")]
    [InlineData("nickel OR copper iron", "'nickel' | 'copper' & 'iron'")]
    [InlineData("nickel or copper", "'nickel' | 'copper'")]
    [InlineData("or argent", "'or' & 'argent'")]
    [InlineData("nickel or", "'nickel'")]
    [InlineData("co-operation", "('co operation' | 'cooperation')")]
    [InlineData("co\u2011operation", "('co operation' | 'cooperation')")]
    [InlineData("l\u2019Europe", "('l Europe' | 'lEurope')")]
    [InlineData("\"the O'Neill plan\"", "('the O Neill plan' | 'the ONeill plan')")]
    [InlineData("U.S. policy", "'US' & 'policy'")]
    [InlineData("x.com 3.14 J.Smith U.S.A", "'x com' & '3 14' & 'J Smith' & 'USA'")]
    [InlineData("o\u02bcneill", "('o neill' | 'oneill')")]
    [InlineData("\u0640 \u064b a\u0640b", "'ab'")]
    [InlineData("end. start", "'end' & 'start'")]
    [InlineData("中国政策", "'中 国 政 策'")]
    [InlineData("R&D", "'R D'")]
    [InlineData("a'b\\c:*|!(d)", "('a b c d' | 'ab c d')")]
    [InlineData("!!! - \" \" ''", "")]
    public void What_is_wanted_becomes_a_query(string text, string query) =>
        Assert.Equal(query, string.Join(" | ", SearchText.Of(text).Wanted));

    [Theory]
    [InlineData("cable -permit", "'cable'", "'permit'")]
    [InlineData("cable -\"of the sea\" -x", "'cable'", "'of the sea' | 'x'")]
    [InlineData("cable well-known", "'cable' & ('well known' | 'wellknown')", null)]
    [InlineData("cable - permit", "'cable' & 'permit'", null)]
    public void What_is_not_wanted_is_a_query_of_its_own(string text, string wanted, string? unwanted)
    {
        var search = SearchText.Of(text);
        Assert.Equal((wanted, unwanted), (search.Wanted.Single(), search.Unwanted.Single()));
    }

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
    public void Nothing_that_is_typed_can_leave_its_quotes() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.String,
            text =>
            {
                var search = SearchText.Of(text);
                foreach (var word in search.Alternatives.SelectMany(terms => terms).SelectMany(term => term.Words.Concat(term.Joined)))
                {
                    if (word.EnumerateRunes().Any(rune => rune.Value is '\'' or '\\' or ' ' or ':' or '|' or '&' or '!' or '(' or ')'))
                        return false;
                }
                return true;
            }
        );
}
