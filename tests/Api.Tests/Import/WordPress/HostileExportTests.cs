using Api.Import.WordPress.Wxr;

namespace Api.Tests.Import.WordPress;

public class HostileExportTests
{
    private static WordPressFileException Refused(string xml) => Assert.Throws<WordPressFileException>(() => Wxr.Text(xml));

    [Theory]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE rss SYSTEM \"http://127.0.0.1:1/x.dtd\">")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")]
    public void Document_types_are_refused_with_their_place(string declaration)
    {
        var refused = Refused("<?xml version=\"1.0\"?>\n" + declaration + Wxr.Document(Wxr.Post("1", "&x;")));
        Assert.Contains("document type", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, refused.Line);
    }

    [Fact]
    public void Undeclared_entities_are_refused_with_their_place()
    {
        var refused = Refused(Wxr.Document("<title>", "&nbsp;</title>"));
        Assert.Equal(5, refused.Line);
        Assert.Contains("line 5, position 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("nbsp", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_cut_off_is_refused_with_the_item()
    {
        var whole = Wxr.Document(Wxr.Post("1"), Wxr.Post("2"));
        var refused = Refused(whole[..whole.LastIndexOf("<wp:status>", StringComparison.Ordinal)]);
        Assert.Contains("item 2", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Line > 0);
    }

    [Fact]
    public void Tags_that_do_not_match_are_refused() =>
        Assert.Contains("not well-formed", Refused(Wxr.Document("<item><title>a</item>")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "Root element is missing")]
    [InlineData("{\"resource\": \"topic\"}", "not well-formed")]
    [InlineData("<html><body>Log in</body></html>", "it begins with <html> where <rss> should be")]
    [InlineData(
        "<rss version=\"2.0\"><channel><title>A feed</title><item><title>x</title></item></channel></rss>",
        "it holds none of the wp: elements"
    )]
    public void What_is_no_export_is_refused(string text, string reason) =>
        Assert.Contains(reason, Refused(text).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_encoding_is_refused() =>
        Assert.Contains(
            "'klingon'",
            Refused("<?xml version=\"1.0\" encoding=\"klingon\"?>" + Wxr.Document()).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Deep_nesting_is_passed_over()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 20_000)) + string.Concat(Enumerable.Repeat("</x>", 20_000));
        Assert.Single(Wxr.Of(deep, Wxr.Post("1", slug: "a")).All("article"));
    }

    [Theory]
    [InlineData("<!--")]
    [InlineData("<!-- wp:a {")]
    [InlineData("[caption]")]
    [InlineData("[a b=\"")]
    [InlineData("<a '")]
    [InlineData("<pre>")]
    [InlineData("\n\n")]
    [InlineData("<p>")]
    [InlineData("<div>\n\n")]
    [InlineData("<a href=\"x")]
    [InlineData("<!-- wp:a {\"metadata\":{\"blockVisibility\":false}} -->")]
    [InlineData("<!-- wp:a {\"metadata\":{\"blockVisibility\":false}} /-->")]
    [InlineData("<!-- wp:a {\"blockVisibility\":[[")]
    [InlineData("<!-- /wp:a -->")]
    [InlineData("[restrict]")]
    [InlineData("[restrict][/restrict][hide]")]
    [InlineData("[restrict ")]
    [InlineData("[/restrict]")]
    [InlineData("[if][[if]]<")]
    [InlineData("<p hidden>")]
    [InlineData("<p hidden id=a>#a")]
    [InlineData("<div hidden ")]
    [InlineData("<i style=\"display:none\"></i>")]
    public void A_long_text_of_beginnings_takes_no_longer_than_its_length(string piece)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Wxr.Of(Wxr.Post("1", slug: "a", content: string.Concat(Enumerable.Repeat(piece, 60_000))));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed} for '{piece}'");
    }

    [Theory]
    [InlineData("{\"metadata\":", "}")]
    [InlineData("{\"blockVisibility\":[", "]}")]
    public void Settings_that_are_deep_or_long_hide_or_show_and_are_no_failure(string begin, string end)
    {
        foreach (
            var settings in (string[])
                [
                    string.Concat(Enumerable.Repeat(begin, 2_000)) + "1" + string.Concat(Enumerable.Repeat(end, 2_000)),
                    $"{{\"x\":\"{new string('y', 3_000_000)}\",\"metadata\":{{\"blockVisibility\":false}}}}",
                ]
        )
        {
            var body = (string?)
                Wxr.Of(
                        Wxr.Post(
                            "1",
                            slug: "a",
                            content: $"<!-- wp:a {settings} --><p>Perhaps.</p><!-- /wp:a --><!-- wp:a --><p>Shown.</p><!-- /wp:a -->"
                        )
                    )
                    .Get("article", "a")["bodyHtml"];
            Assert.EndsWith("<p>Shown.</p>", body, StringComparison.Ordinal);
            Assert.Equal(
                settings.Length < 100_000 && begin.Contains("metadata", StringComparison.Ordinal),
                body!.Contains("Perhaps", StringComparison.Ordinal)
            );
        }
    }
}
