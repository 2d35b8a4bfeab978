using Api.Import.WordPress.Body;

namespace Api.Tests.Import.WordPress;

public class ParagraphsTests
{
    [Theory]
    [InlineData("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>")]
    [InlineData("One\nline.", "<p>One<br>\nline.</p>")]
    [InlineData("One<br />\nline.", "<p>One<br>\nline.</p>")]
    [InlineData("  \n\n ", "")]
    [InlineData("<p>Already</p>\n\n<p>there</p>", "<p>Already</p>\n<p>there</p>")]
    [InlineData("<h2>Title</h2>\nText", "<h2>Title</h2>\n<p>Text</p>")]
    [InlineData("<blockquote>Said.\n\nAgain.</blockquote>", "<blockquote><p>Said.</p>\n<p>Again.</p>\n</blockquote>")]
    [InlineData("<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>", "<ul><li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("<ul><li>a\n\nb</li></ul>", "<ul><li><p>a</p>\n<p>b</p>\n</li>\n</ul>")]
    [InlineData("<pre>a\n\n  b</pre>\nc", "<pre>a\n\n  b</pre>\n<p>c</p>")]
    [InlineData("<a\nhref=\"x\">y</a>", "<p><a href=\"x\">y</a></p>")]
    [InlineData("a < b and b > c", "<p>a < b and b > c</p>")]
    [InlineData("one</p>two", "<p>one</p>\n<p>two</p>")]
    [InlineData("before<hr>after", "<p>before</p>\n<hr>\n<p>after</p>")]
    [InlineData("https://example.org/x", "<p><a href=\"https://example.org/x\">https://example.org/x</a></p>")]
    public void Blank_lines_make_paragraphs(string text, string html) => Assert.Equal(html, Paragraphs.Of(text));
}
