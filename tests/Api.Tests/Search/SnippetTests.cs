using System.Text.RegularExpressions;
using System.Xml.Linq;
using Api.Search;
using Api.Words;

namespace Api.Tests.Search;

public class SnippetTests
{
    [Theory]
    [InlineData("a cable & <b>", "a <mark>cable</mark> &amp; &lt;b", "cable")]
    [InlineData("the sea lanes", "the <mark>sea lanes</mark>", "sea", "lanes")]
    [InlineData("one\n  two\tthree", "one two <mark>three</mark>", "three")]
    [InlineData("it's \"so\" cable", "it&#39;s &quot;so&quot; <mark>cable</mark>", "cable")]
    [InlineData("co-operation now", "<mark>co-operation</mark> now", "cooperation")]
    public void Words_that_were_found_are_marked_and_all_else_is_escaped(string text, string html, params string[] words) =>
        Assert.Equal(html, Snippet.Of(text, Patterns([.. words.Select(word => new[] { word })])).Html);

    [Fact]
    public void A_run_without_spaces_is_marked_as_a_whole_where_it_stands() =>
        Assert.Equal(
            "我们看见<mark>外国人</mark>和外人",
            Snippet.Of("我们看见外国人和外人", [new MarkPattern(0, [Set("外国"), Set("国人")], false, [0, 1])]).Html
        );

    [Fact]
    public void Of_a_single_character_only_that_is_marked() =>
        Assert.Equal("反<mark>核</mark>运动", Snippet.Of("反核运动", [new MarkPattern(0, [Set("核运")], true, [0])]).Html);

    [Fact]
    public void The_piece_is_where_most_words_stand_together()
    {
        var filler = string.Join(' ', Enumerable.Repeat("water", 200));
        var html = Snippet.Of($"sea {filler} sea lanes {filler} lanes", Patterns(["sea"], ["lanes"])).Html;
        Assert.Contains("<mark>sea lanes</mark>", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 100, 400);
    }

    // Any text is well-formed, has no element but mark, and says what the text says.
    [Fact]
    public void Whatever_the_text_its_html_is_whole() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.String[CsCheck.Gen.Char["<>&;'\" amprk-é中国\n"], 0, 60],
            text =>
            {
                var html = Snippet.Of(text, [.. Patterns(["amp"], ["a", "m"]), new MarkPattern(2, [Set("中国")], false, [0])]).Html;
                var element = XElement.Parse($"<x>{html}</x>");
                return element.Descendants().All(one => one.Name == "mark" && !one.HasElements && !one.HasAttributes)
                    && Words(text).Contains(Words(element.Value), StringComparison.Ordinal);
            }
        );

    private static MarkPattern[] Patterns(params string[][] terms) =>
        [
            .. terms.Select(
                (words, n) => new MarkPattern(n, [.. words.Select(word => Set(word))], false, [.. Enumerable.Range(0, words.Length)])
            ),
        ];

    private static HashSet<string> Set(string word) => [word];

    private static string Words(string text) => Regex.Replace(text, @"\s+", "");
}
