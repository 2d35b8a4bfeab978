using Api.Import.WordPress.Hidden;

namespace Api.Tests.Import.WordPress.Hidden;

/// <summary>Elements that no browser shows.</summary>
public class HiddenElementTests
{
    private static string Cut(string html) => HiddenElements.Cut(html, new HiddenParts());

    [Theory]
    [InlineData("<p hidden>x</p>")]
    [InlineData("<p HIDDEN=\"\" class=\"a\">x</p>")]
    [InlineData("<div style=\"color: red; display : NONE !important\"><div>x</div><p>y</p></div>")]
    [InlineData("<div style='display:none'>x<script>\"</div>\"</script>y</div>")]
    [InlineData("<img src=\"x.png\" style=\"display:none\">")]
    [InlineData("<p class=\"wp-block-hidden-desktop wp-block-hidden-mobile wp-block-hidden-tablet\">x</p>")]
    [InlineData("<p style=\"display:none\">x")]
    public void They_go(string element) => Assert.StartsWith("<p>before</p>", Cut($"<p>before</p>{element}"), StringComparison.Ordinal);

    [Fact]
    public void They_go_alone()
    {
        var parts = new HiddenParts();
        Assert.Equal(
            "<p>a</p><p>b</p><div>c</div>",
            HiddenElements.Cut("<p>a</p><p hidden>x<p>b</p><div>c<span style=\"display:none\">y</span></div>", parts)
        );
        Assert.Equal(
            "left out, since it is not shown to everybody: 1 × element 'p' (hidden); 1 × element 'span' (display: none)",
            parts.Describe()
        );
    }

    [Theory]
    [InlineData("<p class=\"hidden\">x</p>")]
    [InlineData("<p title=\" hidden \">x</p>")]
    [InlineData("<p hidden=\"until-found\">x</p>")]
    [InlineData("<p style=\"list-style: none; display:none-such\">x</p>")]
    [InlineData("<div role=\"tabpanel\" hidden>x</div>")]
    [InlineData("<a href=\"#more\">More</a><div id=\"more\" style=\"display:none\">x</div>")]
    [InlineData("<button aria-controls=\"more\">More</button><div id=\"more\" hidden>x</div>")]
    [InlineData("<div data-wp-bind--hidden=\"!context.isOpen\" hidden>x</div>")]
    [InlineData("<p class=\"wp-block-hidden-mobile\">x</p>")]
    [InlineData("<script>'<div hidden>'</script><p>x</p></div>")]
    public void What_a_reader_can_open_or_sees_on_some_screen_stays(string html) => Assert.Equal(html, Cut(html));

    [Fact]
    public void They_go_from_classic_texts_and_from_blocks()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "a", content: "Text.\n\n<p style=\"display: none\">Hidden.</p>"),
            Wxr.Post("2", slug: "b", content: "<!-- wp:html --><p>Text.</p><p hidden>Hidden.</p><!-- /wp:html -->")
        );
        Assert.Equal("<p>Text.</p>", (string?)site.Get("article", "a")["bodyHtml"]);
        Assert.Equal("<p>Text.</p>", (string?)site.Get("article", "b")["bodyHtml"]);
        site.HasNote("1 × element 'p' (display: none)");
    }
}
