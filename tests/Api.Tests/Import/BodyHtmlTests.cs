using Api.Import.Html;
using CsCheck;

namespace Api.Tests.Import;

public partial class BodyHtmlTests
{
    [System.Text.RegularExpressions.GeneratedRegex("<math[^>]*>(.*?)</math>", System.Text.RegularExpressions.RegexOptions.Singleline)]
    private static partial System.Text.RegularExpressions.Regex Formulas();

    private static readonly Uri Site = new("https://example.org/");

    private static readonly string[] Pieces =
    [
        "<h1>",
        "</h1>",
        "<h2 id=a>",
        "<h4>",
        "</h2>",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<a href='/x?a=1&b=2'>",
        "<a href=#a>",
        "<a name=fn1>",
        "</a>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<script>",
        "</script>",
        "<style>",
        "<svg onload=x>",
        "</svg>",
        "<math>",
        "</math>",
        "<mtext>",
        "<mi>",
        "</mi>",
        "<annotation encoding=application/x-tex>",
        "<mglyph>",
        "<annotation-xml encoding=text/html>",
        "<iframe src=//www.youtube.com/embed/x>",
        "</iframe>",
        "<img src=a.png onerror=x>",
        "<textarea>",
        "<noscript>",
        "</noscript>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&amp;lt;",
        "&nbsp;",
        "text",
        "’ é 中",
        "\n",
        " ",
        "<pre>\n\n",
        "</pre>",
        "<br>",
        "<form>",
        "<button>",
        "<p style='x'>",
        "<font>",
        "<select><option>",
        "<template>",
        "</template>",
        "<",
        "\"",
        "'",
        "<title>",
        "<span lang=fr>",
        "</span>",
        "<blockquote>",
        "</blockquote>",
        "<figure>",
        "<figcaption>",
        "<xmp>",
        "<frameset>",
        "<sup id=r1>",
        "</sup>",
        "<caption>",
        "<dl><dt>",
        "<details><summary>",
        "<video><source src=/v.mp4>",
        "</body>",
        "<html lang=x>",
        "\u0000",
    ];

    // What editors write, so that the short way through the sanitizer is taken as well.
    private static readonly string[] UsualPieces =
    [
        "<p>",
        "</p>",
        "<h2>A heading</h2>",
        "<h3 id=x>",
        "</h3>",
        "<em>",
        "</em>",
        "<a href='/x?a=1&b=é'>",
        "<a href='#x'>",
        "</a>",
        "<ul><li>",
        "<li>",
        "</ul>",
        "<blockquote>",
        "</blockquote>",
        "text",
        " ",
        "\n",
        "&nbsp;",
        "<br>",
        "<img src=/a.png>",
        "<figure>",
        "<figcaption>c</figcaption></figure>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<sup id=x>1</sup>",
        "<p id=x></p>",
        "<strong></strong>",
        "<a href='http://x.example/%zz%e9 |'>",
        "<hr>",
        "&#13;",
    ];

    private static readonly Gen<string> Html = Gen.OneOf(Choice(Pieces, 30), Choice(UsualPieces, 12));

    [Fact]
    public void Sanitising_twice_gives_the_same_bytes() =>
        Html.Sample(
            html =>
            {
                if (BodyHtml.Clean(html, Site) is not { } once)
                    return;
                var twice = BodyHtml.Clean(once.Html, Site)!;
                Assert.Equal(once.Html, twice.Html);
                Assert.Equal(once.Text, twice.Text);
                Assert.Equal(once.Toc, twice.Toc);
            },
            iter: 300
        );

    [Fact]
    public void A_null_character_is_left_out_everywhere() =>
        Assert.DoesNotContain(
            '\0',
            BodyHtml.Clean("<p>a\0b</p><math><annotation-xml encoding=text/html><![CDATA[<mi>\0</mi>]]>text", Site)!.Html
        );

    [Fact]
    public void An_image_in_a_list_of_choices_is_written_as_an_image() =>
        Assert.Equal(
            """<img src="https://example.org/a.png" alt="">""",
            BodyHtml.Clean("<noscript><select><option><img src=a.png>", Site)?.Html
        );

    [Fact]
    public void No_active_content_comes_through() =>
        Html.Sample(
            html =>
            {
                var clean = BodyHtml.Clean(html, Site)?.Html ?? "";
                Assert.DoesNotMatch(
                    "(?i)<(script|style|svg|template|mglyph|malignmark|annotation-xml|noscript|textarea|form|button|h1)",
                    clean
                );
                Assert.DoesNotMatch("(?i)<[^>]*\\s(on\\w+|style|class)=", clean);
                // A formula holds no HTML, and no part of one stands outside.
                Assert.DoesNotMatch(
                    "<(?!/?(m[a-z]+|semantics|annotation)[ >])",
                    string.Concat(Formulas().Matches(clean).Select(m => m.Groups[1].Value))
                );
                Assert.DoesNotMatch("<(math|m[inos]|mtext|mrow|annotation|semantics)[ >]", Formulas().Replace(clean, ""));
            },
            iter: 300
        );

    [Theory]
    [InlineData("<p onclick=\"x()\" class=\"c\" style=\"color:red\">a</p>", "<p>a</p>")]
    [InlineData("<script>alert(1)</script><p>a</p><style>p{}</style>", "<p>a</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>", "a")]
    [InlineData("<a href=\" java\nscript:alert(1)\">a</a>", "a")]
    [InlineData("<a href=\"&#106;avascript:alert(1)\">a</a>", "a")]
    [InlineData("<a href=\"data:text/html,x\">a</a>", "a")]
    [InlineData("<a href=\"vbscript:x\">a</a>", "a")]
    [InlineData("<a href=\"https://a.example/x\" target=\"_blank\" rel=\"x\">a</a>", "<a href=\"https://a.example/x\">a</a>")]
    [InlineData("<a href=\"mailto:a@example.org\">a</a>", "<a href=\"mailto:a@example.org\">a</a>")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"https://example.org/x\" alt=\"\">")]
    [InlineData("<img src=\"data:image/svg+xml,x\">", "")]
    [InlineData("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>")]
    [InlineData("<math><mi xlink:href=\"javascript:x\">a</mi></math><p>a</p>", "<math><mi>a</mi></math><p>a</p>")]
    [InlineData(
        "<p><math display=\"block\" onclick=\"x\"><semantics><msup><mi>x</mi><mn>2</mn></msup><annotation encoding=\"application/x-tex\">x^2</annotation></semantics></math></p>",
        "<p><math display=\"block\"><semantics><msup><mi>x</mi><mn>2</mn></msup><annotation encoding=\"application/x-tex\">x^2</annotation></semantics></math></p>"
    )]
    [InlineData(
        "<p><math><mtext><img src=x onerror=y></mtext><annotation encoding=\"application/x-tex\">E&lt;1</annotation></math></p>",
        "<p>E&lt;1</p>"
    )]
    [InlineData("<p><mi>x</mi></p>", "<p>x</p>")]
    [InlineData(
        "<h3><button type=\"button\"><span>Who pays?</span><span aria-hidden=\"true\">+</span></button></h3>",
        "<h2 id=\"who-pays\">Who pays?</h2>"
    )]
    [InlineData("<form><p>a</p><button>Send</button></form>", "<p>a</p>")]
    // Elementor: labels for wide screens, and those for small ones in a list with the panels.
    [InlineData(
        "<div><div role=\"tablist\"><div role=\"tab\">One</div><div role=\"tab\">Two</div></div><div role=\"tablist\"><div role=\"tab\">One</div><div role=\"tabpanel\"><p>a</p></div><div role=\"tab\">Two</div><div role=\"tabpanel\" hidden=\"hidden\"><p>b</p></div></div></div>",
        "<p><strong>One</strong></p><p>a</p><p><strong>Two</strong></p><p>b</p>"
    )]
    [InlineData(
        "<div role=\"tablist\"><div role=\"tab\">One</div><div role=\"tabpanel\"><p>a</p></div></div>",
        "<p><strong>One</strong></p><p>a</p>"
    )]
    [InlineData("<p>Mind.<button type=\"button\">&times;</button></p>", "<p>Mind.</p>")]
    [InlineData(
        "<div><div role=\"tablist\"><button role=\"tab\">One</button><button role=\"tab\">Two</button></div><section role=\"tabpanel\"><p>a</p></section><section role=\"tabpanel\"><p>b</p></section></div>",
        "<p><strong>One</strong></p><p>a</p><p><strong>Two</strong></p><p>b</p>"
    )]
    [InlineData(
        "<img src=\"data:image/gif;base64,R0\" data-src=\"/a.jpg\" alt=\"A\">",
        "<img src=\"https://example.org/a.jpg\" alt=\"A\">"
    )]
    [InlineData(
        "<p><img src=\"data:x\" data-lazy-src=\"/b.jpg\" alt=\"\"><noscript><img src=\"/b.jpg\"></noscript></p>",
        "<p><img src=\"https://example.org/b.jpg\" alt=\"\"></p>"
    )]
    [InlineData("<p><noscript>Script!<img src=\"/b.jpg\"></noscript></p>", "<p><img src=\"https://example.org/b.jpg\" alt=\"\"></p>")]
    [InlineData("<img src=\"/blank.gif\" data-original=\"/d.jpg\" alt=\"\">", "<img src=\"https://example.org/d.jpg\" alt=\"\">")]
    [InlineData("<img srcset=\"/e-300.jpg 300w, /e.jpg 1200w\" alt=\"\">", "<img alt=\"\" src=\"https://example.org/e.jpg\">")]
    [InlineData(
        "<iframe src=\"about:blank\" data-src=\"https://www.youtube.com/embed/x\"></iframe>",
        "<iframe src=\"https://www.youtube.com/embed/x\"></iframe>"
    )]
    [InlineData(
        "<p>a<a href=\"#_ftn1\" name=\"_ftnref1\">[1]</a></p><p><a href=\"#_ftnref1\" name=\"_ftn1\">[1]</a> n</p>",
        "<p>a<a href=\"#_ftn1\" id=\"_ftnref1\">[1]</a></p><p><a href=\"#_ftnref1\" id=\"_ftn1\">[1]</a> n</p>"
    )]
    [InlineData("<iframe src=\"https://evil.example/\"></iframe><p>a</p>", "<p>a</p>")]
    [InlineData(
        "<iframe src=\"http://www.youtube.com/embed/x\" srcdoc=\"<script>\">x</iframe>",
        "<iframe src=\"https://www.youtube.com/embed/x\"></iframe>"
    )]
    [InlineData("<iframe src=\"https://www.youtube.com.evil.example/\"></iframe>", "")]
    [InlineData("<iframe src=\"https://x@www.youtube.com:8443/embed/x\"></iframe>", "")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", "")]
    [InlineData("<div><div>a</div><div>b</div></div>", "<p>a</p><p>b</p>")]
    [InlineData("<p>a<span class=\"x\">b</span></p><p> &nbsp; </p>", "<p>ab</p>")]
    [InlineData(
        "<img src=\"/a.png\" width=\"640\" height=\"50%\" alt=\"x\">",
        "<img src=\"https://example.org/a.png\" width=\"640\" alt=\"x\">"
    )]
    [InlineData("<video><source src=\"/v.mp4\"></video>", "<video src=\"https://example.org/v.mp4\" controls=\"\"></video>")]
    public void Hostile_and_careless_html_is_put_right(string html, string expected) =>
        Assert.Equal(expected, BodyHtml.Clean(html, Site)!.Html);

    [Theory]
    [InlineData(
        "<div id=\"a\" class=\"wp-caption alignnone\"><img src=\"/x.png\"><p class=\"wp-caption-text\">The <em>strait</em></p></div>",
        "<figure><img src=\"https://example.org/x.png\" alt=\"\"><figcaption>The <em>strait</em></figcaption></figure>"
    )]
    [InlineData(
        "<dl class='gallery-item'><dt class='gallery-icon'><img src='/x.png'></dt><dd class='wp-caption-text gallery-caption'>Noon</dd></dl><dl class='gallery-item'><dt><img src='/y.png'></dt></dl>",
        "<figure><img src=\"https://example.org/x.png\" alt=\"\"><figcaption>Noon</figcaption></figure><figure><img src=\"https://example.org/y.png\" alt=\"\"></figure>"
    )]
    [InlineData("<dl><dt>Port</dt><dd>A place</dd></dl>", "<dl><dt>Port</dt><dd>A place</dd></dl>")]
    public void Captions_of_old_themes_belong_to_their_pictures(string html, string clean) =>
        Assert.Equal(clean, BodyHtml.Clean(html, Site)!.Html);

    [Fact]
    public void Headings_start_at_h2_and_have_unique_stable_ids()
    {
        var body = BodyHtml.Clean("<h1>Why it matters</h1><h2 id=\"own\">Two</h2><h1>Why it matters</h1><h1>中</h1><h1>!</h1>", Site)!;
        Assert.Equal(
            "<h2 id=\"why-it-matters\">Why it matters</h2><h3 id=\"own\">Two</h3><h2 id=\"why-it-matters-2\">Why it matters</h2>"
                + "<h2 id=\"中\">中</h2><h2 id=\"section\">!</h2>",
            body.Html
        );
        Assert.Equal(
            [("why-it-matters", 2), ("own", 3), ("why-it-matters-2", 2), ("中", 2), ("section", 2)],
            body.Toc.Select(h => (h.Id, h.Level))
        );
    }

    [Fact]
    public void Footnotes_keep_their_ids_and_others_lose_theirs()
    {
        const string html =
            "<p id=\"p1\">a<sup id=\"r1\"><a href=\"#fn1\">1</a></sup></p><ol><li id=\"fn1\">n <a href=\"#r1\">back</a></li></ol>";
        Assert.Equal(html.Replace(" id=\"p1\"", ""), BodyHtml.Clean(html, Site)!.Html);
    }

    [Fact]
    public void Text_has_a_line_for_each_block_and_no_entities()
    {
        var body = BodyHtml.Clean("<h2>A &amp; B</h2><p>one  two<br>three</p><ul><li>x</li><li>y</li></ul><pre>k\n  l</pre>", Site)!;
        Assert.Equal("A & B\none two\nthree\nx\ny\nk\nl", body.Text);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.Null(BodyHtml.Clean(string.Concat(Enumerable.Repeat("<blockquote>", 100_000)), Site));
        Assert.NotNull(BodyHtml.Clean(string.Concat(Enumerable.Repeat("<p>a", 10_000)), Site));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("It’s a well-known fact — 3 times.", 6)]
    [InlineData("a - b", 2)]
    [InlineData("北京大学", 2)]
    [InlineData("北京大学 and MIT", 4)]
    [InlineData("서울 대학교", 2)]
    [InlineData("ภาษาไทยง่าย", 3)]
    [InlineData("cafe\u0301 noir", 2)]
    public void Words_are_counted_as_readers_would(string text, int words) => Assert.Equal(words, TextLength.Count(text));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(230, 1)]
    [InlineData(460, 2)]
    public void Reading_takes_a_minute_for_230_words(int words, int minutes) => Assert.Equal(minutes, TextLength.ReadingMinutes(words));

    private static Gen<string> Choice(string[] pieces, int most) =>
        Gen.Int[0, pieces.Length - 1].Array[0, most].Select(chosen => string.Concat(chosen.Select(i => pieces[i])));
}
