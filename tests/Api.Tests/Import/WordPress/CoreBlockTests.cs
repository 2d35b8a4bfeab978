using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Import.Html;
using Api.Import.WordPress.Body;

namespace Api.Tests.Import.WordPress;

/// <summary>
/// Every block of WordPress 7.1 as its editor saves it: <c>blocks/core-blocks.json</c>, which <c>blocks/make.mjs</c> writes.
/// </summary>
public partial class CoreBlockTests
{
    private static readonly JsonNode Recorded = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Import", "WordPress", "blocks", "core-blocks.json"))
    )!;

    public static TheoryData<string, string> Blocks =>
        [.. Recorded["blocks"]!.AsArray().Select(block => ((string)block!["name"]!, (string)block["content"]!))];

    private static Wxr Site(string content) => Wxr.Of(Wxr.Post("1", slug: "a", content: content));

    private static BodyHtml Body(Wxr site) =>
        BodyHtml.Clean((string)site.Get("article", "a")["bodyHtml"]!, new Uri("https://site.example/"))!;

    private static string Html(string name) =>
        Html(
            Recorded["blocks"]!
                .AsArray()
                .Where(block => (string)block!["name"]! == "core/" + name)
                .Select(block => (string)block!["content"]!)
        );

    private static string Html(IEnumerable<string> contents) => Gaps().Replace(Body(Site(string.Join("\n\n", contents))).Html, "\n");

    [Fact]
    public void Every_block_of_the_library_is_decided_on() =>
        Assert.All(
            Recorded["names"]!.AsArray().Select(name => (string)name!),
            name => Assert.True(CoreBlocks.Of(name["core/".Length..]) is not null, $"Nobody decided on {name}: see CoreBlocks.")
        );

    [Theory]
    [MemberData(nameof(Blocks))]
    public void What_an_author_wrote_comes_through_and_nothing_that_is_not_shown(string name, string content)
    {
        var site = Site(content);
        var html = Body(site).Html;
        Assert.All(Shown().Matches(content).Select(word => word.Value), word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.DoesNotContain("Never", html, StringComparison.Ordinal);
        if (Shown().Count(html) == 0 && CoreBlocks.Of(name["core/".Length..]) is not (BlockWords.OfTheItem or BlockWords.None))
            Assert.NotEmpty(site.Export.Notes);
    }

    [Theory]
    [InlineData("accordion", "<h2 id=\"shownaccordion\">Shownaccordion</h2>\n<p>Shownpanel</p>")]
    [InlineData("buttons", "<p><a href=\"https://site.example/Shownbuttonlink\">Shownbutton</a></p>\n<p>Shownsecond</p>")]
    [InlineData("details", "<details><summary>Shownsummary</summary>\n<p>Showndetails</p>\n</details>")]
    [InlineData(
        "file",
        "<p><a href=\"https://site.example/up/Shownreport.pdf\">Shownreportname</a> <a href=\"https://site.example/up/Shownreport.pdf\">Showndownload</a></p>"
    )]
    [InlineData("pullquote", "<figure><blockquote><p>Shownpull</p><cite>Shownpullsource</cite></blockquote></figure>")]
    [InlineData(
        "table",
        "<figure><table><thead><tr><th>Shownhead</th><th>Shownhead2</th></tr></thead><tbody><tr><td>Showncell</td><td><em>Showncell2</em></td></tr></tbody><tfoot><tr><td>Shownfoot</td><td></td></tr></tfoot></table><figcaption>Showntable</figcaption></figure>"
    )]
    [InlineData("tabs", "<p><strong>Showntab</strong></p>\n<p>Showntabtext</p>\n<p><strong>Showntab2</strong></p>\n<p>Showntabtext2</p>")]
    [InlineData("verse", "<pre>Shownverse<br>Shownverse2</pre>")]
    [InlineData("social-links", "<ul><li><a href=\"https://social.example/Shownprofile\">Shownprofilelabel</a></li></ul>")]
    [InlineData(
        "playlist",
        """
            <figure><ol><li>Showntracktitle, Shownartist, Shownalbum<figure><audio src="https://site.example/up/Showntrack.mp3" controls=""></audio></figure></li>
            <li>Shownnexttitle<figure><audio src="https://site.example/up/Shownnext.mp3" controls=""></audio></figure></li></ol><figcaption>Shownplaylist</figcaption></figure>
            """
    )]
    public void A_block_is_what_it_was(string name, string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), Html(name));

    [Fact]
    public void A_gallery_of_what_was_uploaded_shows_it()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: """<!-- wp:gallery {"dynamicContent":{"source":"core/attached-media"}} --><figure class="wp-block-gallery"></figure><!-- /wp:gallery -->"""
            ),
            Wxr.Post(
                "2",
                "Noon",
                type: "attachment",
                status: "inherit",
                more: "<wp:post_parent>1</wp:post_parent><wp:attachment_url>https://site.example/noon.png</wp:attachment_url>"
            )
        );
        Assert.Contains("https://site.example/noon.png", Body(site).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cover", "<div class=\"wp-block-cover\"><!-- wp:paragraph --><p>Words</p><!-- /wp:paragraph --></div>")]
    [InlineData(
        "media-text",
        "<div class=\"wp-block-media-text\"><figure class=\"wp-block-media-text__media\"></figure><div><!-- wp:paragraph --><p>Words</p><!-- /wp:paragraph --></div></div>"
    )]
    public void A_cover_of_the_featured_picture_shows_it(string name, string html)
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: $"<!-- wp:{name} {{\"useFeaturedImage\":true}} -->{html}<!-- /wp:{name} -->",
                more: Wxr.Meta("_thumbnail_id", "2")
            ),
            Wxr.Post(
                "2",
                "Noon",
                type: "attachment",
                status: "inherit",
                more: "<excerpt:encoded>Never</excerpt:encoded><wp:attachment_url>https://site.example/noon.png</wp:attachment_url>"
            )
        );
        Assert.Equal(
            "<figure><img src=\"https://site.example/noon.png\" alt=\"\"></figure>\n<p>Words</p>",
            Gaps().Replace(Body(site).Html, "\n")
        );
    }

    [Fact]
    public void Words_that_are_no_HTML_keep_their_angles() =>
        Assert.Contains(
            "Shown &lt;talk&gt; &amp; more",
            Body(
                Site(
                    """<!-- wp:playlist-track {"id":1,"src":"https://site.example/a.mp3","title":"Shown \u003ctalk\u003e \u0026 more"} /-->"""
                )
            ).Html,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_menu_within_a_text_shows_its_entries_but_those_that_are_hidden()
    {
        var menu = Wxr.Post(
            "7",
            "Top",
            "top",
            """
            <!-- wp:navigation-link {"label":"Harbours","url":"https://site.example/harbours/"} /-->
            <!-- wp:navigation-link {"label":"Never","url":"https://site.example/never/","metadata":{"blockVisibility":false}} /-->
            <!-- wp:page-list /--><!-- wp:home-link {"label":"Start"} /-->
            """,
            type: "wp_navigation"
        );
        const string text =
            "<!-- wp:paragraph --><p>Above.</p><!-- /wp:paragraph --><!-- wp:navigation {\"ref\":7,\"overlayMenu\":\"never\"} /-->";
        Assert.Equal(
            "<p>Above.</p>\n<p><a href=\"https://site.example/harbours/\">Harbours</a></p>\n<p>Start</p>",
            Gaps().Replace(Body(Wxr.Of(menu, Wxr.Post("1", slug: "a", content: text))).Html, "\n")
        );
        var lost = Site(text);
        Assert.Equal("<p>Above.</p>", Body(lost).Html);
        lost.HasNote("1 × menu left out: it is not in the file (in item 1)");
        // A number of a menu is no number of a pattern.
        Assert.Equal(
            "<p>x</p>",
            Body(
                Wxr.Of(
                    menu,
                    Wxr.Post("1", slug: "a", content: "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph --><!-- wp:block {\"ref\":7} /-->")
                )
            ).Html
        );
    }

    [Fact]
    public void What_WordPress_fills_for_every_reader_is_noted_with_its_item()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "b"),
            Wxr.Post(
                "2",
                slug: "a",
                content: "<!-- wp:latest-posts /--><!-- wp:pattern {\"slug\":\"acme/box\"} /--><!-- wp:acme/chart {\"id\":3} /-->"
            )
        );
        site.HasNote("1 × block 'latest-posts' left out: it shows other items, or a form (in item 2)");
        site.HasNote("1 × block 'pattern' left out: WordPress fills it only when it shows the page (in item 2)");
        site.HasNote("1 × block 'acme/chart' left out: WordPress fills it only when it shows the page (in item 2)");
    }

    [GeneratedRegex("Shown[A-Za-z0-9]+")]
    private static partial Regex Shown();

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex Gaps();
}
