using Api.Import.WordPress.Body;

namespace Api.Tests.Import.WordPress;

public class ReusableBlockTests
{
    private static string Block(string id, string content, string status = "publish", string more = "") =>
        Wxr.Post(id, "A block", $"block-{id}", content, status, "wp_block", more: more);

    private static string Shown(string id, string more = "") => $$"""<!-- wp:block {"ref":{{id}}{{more}}} /-->""";

    private static string Paragraph(string text) => $"<!-- wp:paragraph --><p>{text}</p><!-- /wp:paragraph -->";

    private static string? Body(Wxr site) => (string?)site.Get("article", "a")["bodyHtml"];

    [Fact]
    public void A_reusable_block_stands_where_it_is_shown()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "a", content: Paragraph("Before.") + Shown("7") + Paragraph("After.")),
            Block("7", Paragraph("Give now."))
        );
        Assert.Equal("<p>Before.</p>\n<p>Give now.</p>\n<p>After.</p>", Body(site));
        Assert.DoesNotContain(site.Export.Notes, note => note.Text.Contains("block", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reusable_block_may_stand_in_a_column_and_hold_another()
    {
        var site = Wxr.Of(
            Block("8", Paragraph("Inner.")),
            Block("7", $"<!-- wp:group --><div>{Shown("8")}</div><!-- /wp:group -->"),
            Wxr.Post("1", slug: "a", content: $"<!-- wp:column --><section>{Shown("7")}</section><!-- /wp:column -->")
        );
        Assert.Equal("<section><div><p>Inner.</p></div></section>", Body(site));
    }

    [Theory]
    [InlineData("draft", "")]
    [InlineData("trash", "")]
    [InlineData("private", "")]
    [InlineData("publish", "<wp:post_password>secret</wp:post_password>")]
    public void A_reusable_block_that_is_not_published_is_shown_nowhere(string status, string more)
    {
        var site = Wxr.Of(
            Block("7", Paragraph("Hidden."), status, more),
            Wxr.Post("1", slug: "a", content: Paragraph("Text.") + Shown("7"))
        );
        Assert.Equal("<p>Text.</p>", Body(site));
        site.HasNote("1 × reusable block left out: it is not published");
    }

    [Fact]
    public void What_is_not_in_the_file_or_is_no_reusable_block_is_counted()
    {
        var site = Wxr.Of(
            Wxr.Post("2", slug: "b"),
            Wxr.Post(
                "1",
                slug: "a",
                content: Paragraph("Text.") + Shown("2") + Shown("9") + "<!-- wp:block {\"ref\":} /--><!-- wp:block {} /-->"
            )
        );
        Assert.Equal("<p>Text.</p>", Body(site));
        site.HasNote("4 × reusable block left out: it is not in the file");
    }

    [Fact]
    public void Reusable_blocks_that_show_themselves_end()
    {
        var site = Wxr.Of(
            Block("7", Paragraph("Seven.") + Shown("8")),
            Block("8", Paragraph("Eight.") + Shown("7") + Shown("8")),
            Wxr.Post("1", slug: "a", content: Shown("7") + Shown("8"))
        );
        Assert.Equal("<p>Seven.</p>\n<p>Eight.</p>\n<p>Eight.</p>\n<p>Seven.</p>", Body(site));
        site.HasNote("reusable block left out: it would show itself");
    }

    [Fact]
    public void Reusable_blocks_stand_at_most_four_levels_deep()
    {
        var blocks = Enumerable.Range(2, 6).Select(n => Block($"{n}", Paragraph($"Level {n - 1}.") + Shown($"{n + 1}")));
        var site = Wxr.Of([Wxr.Post("1", slug: "a", content: Shown("2")), .. blocks]);
        Assert.Equal("<p>Level 1.</p>\n<p>Level 2.</p>\n<p>Level 3.</p>\n<p>Level 4.</p>", Body(site));
        site.HasNote("more than 4 levels deep");
    }

    [Fact]
    public void A_text_does_not_grow_without_end()
    {
        var many = string.Concat(Enumerable.Repeat(Shown("7"), 1_000));
        var site = Wxr.Of(Block("7", Paragraph(new string('x', 100_000))), Wxr.Post("1", slug: "a", content: many));
        Assert.InRange(Body(site)!.Length, 1_000_000, WordPressReusableBlocks.MaxCharacters);
        site.HasNote("reusable block left out: the text has become too long");
    }

    [Fact]
    public void Reusable_blocks_beyond_what_is_kept_are_left_out_with_a_note()
    {
        var half = Paragraph(new string('x', WordPressReusableBlocks.MaxCharacters / 2));
        var site = Wxr.Of(
            Block("7", half),
            Block("8", half),
            Block("9", Paragraph("Short.")),
            Wxr.Post("1", slug: "a", content: Shown("8") + Shown("9"))
        );
        Assert.Equal("<p>Short.</p>", Body(site));
        site.HasNote("this reusable block is left out");
        site.HasNote("1 × reusable block left out: it is not published, or too long");
    }

    [Fact]
    public void A_mapping_may_make_articles_of_reusable_blocks()
    {
        var site = Wxr.Mapped(
            """{ "postTypes": { "wp_block": { "to": "article" } } }""",
            Block("7", Paragraph("Twice.")),
            Wxr.Post("1", slug: "a", content: Shown("7"))
        );
        Assert.Equal(["block-7", "a"], site.Slugs("article"));
        Assert.Equal("<p>Twice.</p>", Body(site));
    }
}
