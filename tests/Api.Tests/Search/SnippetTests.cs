using System.Text.RegularExpressions;
using System.Xml.Linq;
using Api.Search;

namespace Api.Tests.Search;

public class SnippetTests
{
    [Theory]
    [InlineData("a \uE001cable\uE002 & <b>", "a <mark>cable</mark> &amp; &lt;b&gt;")]
    [InlineData("\uE001sea\uE002 \uE001lanes\uE002", "<mark>sea lanes</mark>")]
    [InlineData("\uE001中\uE002\uE000\uE001国\uE002\uE000策", "<mark>中国</mark>策")]
    [InlineData("one\n  two\t\uE001three", "one two <mark>three</mark>")]
    [InlineData("it's \"so\"", "it&#39;s &quot;so&quot;")]
    public void Words_that_were_found_are_marked_and_all_else_is_escaped(string headline, string html) =>
        Assert.Equal(html, Snippet.Html(headline));

    // Any text, with marks in any order, is well-formed, has no element but mark, and says what the text said.
    [Fact]
    public void Whatever_the_text_its_html_is_whole() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.String[CsCheck.Gen.Char["<>&;'\" amprk/\uE000\uE001\uE002é中\n"], 0, 60],
            text =>
            {
                var element = XElement.Parse($"<x>{Snippet.Html(text)}</x>");
                return element.Descendants().All(one => one.Name == "mark" && !one.HasElements && !one.HasAttributes)
                    && Words(element.Value) == Words(Regex.Replace(text, "[\uE000-\uE002]", ""));
            }
        );

    private static string Words(string text) => Regex.Replace(text, @"\s+", "");
}
