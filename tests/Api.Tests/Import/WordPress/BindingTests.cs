using Api.Import.Html;
using Api.Import.WordPress.Body;

namespace Api.Tests.Import.WordPress;

public class BindingTests
{
    private const string Own = "\"metadata\":{\"bindings\":{\"__default\":{\"source\":\"core/pattern-overrides\"}},\"name\":";

    private static string Pattern(string id, string content) => Wxr.Post(id, "A pattern", $"pattern-{id}", content, type: "wp_block");

    private static string Clean(Wxr site) =>
        BodyHtml.Clean((string)site.Get("article", "a")["bodyHtml"]!, new Uri("https://site.example/"))!.Html;

    private static string Bound(string source, string args) =>
        $$"""<!-- wp:paragraph {"metadata": {"bindings": {"content": {"source": "{{source}}", "args": { {{args}} } } } } } --><p class="x">Stand-in</p><!-- /wp:paragraph -->""";

    [Fact]
    public void A_place_shows_a_pattern_with_its_own_texts()
    {
        var pattern = Pattern(
            "7",
            $$"""
            <!-- wp:heading { {{Own}}"Top"} } --><h2>Stand-in top</h2><!-- /wp:heading -->
            <!-- wp:buttons --><div><!-- wp:button { {{Own}}"Go"} } --><div class="wp-block-button"><a class="b" href="https://stand.example/">Stand-in go</a></div><!-- /wp:button --></div><!-- /wp:buttons -->
            <!-- wp:image { {{Own}}"Map"} } --><figure class="wp-block-image"><img src="https://stand.example/x.png" alt="Stand-in"/><figcaption class="wp-element-caption"></figcaption></figure><!-- /wp:image -->
            <!-- wp:paragraph { {{Own}}"Kept"} } --><p>As made.</p><!-- /wp:paragraph -->
            """
        );
        var shown =
            """<!-- wp:block {"ref":7,"content":{"Top":{"content":"Salt \u0026amp; <em>rye</em>"},"Go":{"text":"To the mill","url":"https://mill.example/?a=1&b=2"},"Map":{"url":"https://site.example/map.png","alt":"A \u0022map\u0022","caption":"By Vera"}}} /-->""";
        Assert.Equal(
            """
            <h2 id="salt-rye">Salt &amp; <em>rye</em></h2>
            <p><a href="https://mill.example/?a=1&amp;b=2">To the mill</a></p>
            <figure><img src="https://site.example/map.png" alt="A &quot;map&quot;"><figcaption>By Vera</figcaption></figure>
            <p>As made.</p>
            """.ReplaceLineEndings("\n"),
            Lines(Clean(Wxr.Of(pattern, Wxr.Post("1", slug: "a", content: shown))))
        );
    }

    [Fact]
    public void Two_places_show_the_same_pattern_with_different_texts()
    {
        var pattern = Pattern("7", $$"""<!-- wp:paragraph { {{Own}}"T"} } --><p>Stand-in</p><!-- /wp:paragraph -->""");
        Assert.Equal(
            "<p>One</p>\n<p>Two</p>\n<p>Stand-in</p>",
            Lines(
                Clean(
                    Wxr.Of(
                        pattern,
                        Wxr.Post(
                            "1",
                            slug: "a",
                            content: """<!-- wp:block {"ref":7,"content":{"T":{"content":"One"}}} /--><!-- wp:block {"ref":7,"content":{"T":{"content":"Two"}}} /--><!-- wp:block {"ref":7} /-->"""
                        )
                    )
                )
            )
        );
    }

    [Fact]
    public void A_hidden_block_of_a_pattern_stays_hidden_whatever_its_text()
    {
        var pattern = Pattern(
            "7",
            $$"""<!-- wp:paragraph { {{Own}}"T","blockVisibility":false} } --><p>x</p><!-- /wp:paragraph --><!-- wp:paragraph --><p>Open.</p><!-- /wp:paragraph -->"""
        );
        Assert.Equal(
            "<p>Open.</p>",
            Clean(
                Wxr.Of(
                    pattern,
                    Wxr.Post("1", slug: "a", content: """<!-- wp:block {"ref":7,"content":{"T":{"content":"ZQHIDDEN"}}} /-->""")
                )
            )
        );
    }

    [Theory]
    [InlineData("core/post-meta")]
    [InlineData("acf/field")]
    public void A_block_shows_the_custom_field_it_names(string source) =>
        Assert.Equal(
            "<p>Salt, <strong>not</strong> rye.</p>",
            Clean(
                Wxr.Of(
                    Wxr.Post(
                        "1",
                        slug: "a",
                        content: Bound(source, "\"key\":\"finding\""),
                        more: Wxr.Meta("other", "No.") + Wxr.Meta("finding", "Salt, <strong>not</strong> rye.")
                    )
                )
            )
        );

    [Fact]
    public void A_pattern_shows_the_custom_field_of_the_post_it_stands_in() =>
        Assert.Equal(
            "<p>Salt.</p>",
            Clean(
                Wxr.Of(
                    Pattern("7", Bound("core/post-meta", "\"key\":\"finding\"")),
                    Wxr.Post("1", slug: "a", content: """<!-- wp:block {"ref":7} /-->""", more: Wxr.Meta("finding", "Salt."))
                )
            )
        );

    [Fact]
    public void A_field_of_a_plugin_is_shown_by_no_block()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "a", content: Bound("core/post-meta", "\"key\":\"_token\""), more: Wxr.Meta("_token", "ZQSECRET"))
        );
        Assert.DoesNotContain("ZQSECRET", site.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_not_there_is_noted_and_so_is_a_source_that_nobody_knows()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: "<!-- wp:paragraph --><p>Text.</p><!-- /wp:paragraph -->"
                    + Bound("core/post-meta", "\"key\":\"none\"")
                    + Bound("acme/stock", "\"key\":\"x\"")
            )
        );
        Assert.Equal("<p>Text.</p>\n<p>Stand-in</p>", Lines(Clean(site)));
        site.HasNote("1 × block shown without its text: the custom field that holds it is not there (in item 1)");
        site.HasNote("1 × block shown with its stand-in: its text comes from 'acme/stock' (in item 1)");
    }

    [Fact]
    public void The_address_of_the_post_is_known() =>
        Assert.Equal(
            "<p><a href=\"https://site.example/a/\">Here</a></p>",
            Clean(
                Wxr.Of(
                    Wxr.Post(
                        "1",
                        slug: "a",
                        more: "<link>https://site.example/a/</link>",
                        content: """<!-- wp:button {"metadata":{"bindings":{"url":{"source":"core/post-data","args":{"field":"link"}}}}} --><div><a>Here</a></div><!-- /wp:button -->"""
                    )
                )
            )
        );

    [Theory]
    [InlineData("date", "01", "<p>2026-03-01T01:10:00-05:00</p>")]
    [InlineData("modified", "02", "<p>2026-03-02T01:10:00-05:00</p>")]
    [InlineData("modified", "01", "")]
    public void A_date_of_the_post_has_its_distance_from_UTC_and_a_change_is_shown_only_when_it_is_later(
        string field,
        string day,
        string shown
    ) =>
        Assert.Equal(
            shown,
            Clean(
                Wxr.Of(
                    Wxr.Post(
                        "1",
                        slug: "a",
                        date: "2026-03-01 06:10:00",
                        content: Bound("core/post-data", $"\"field\":\"{field}\""),
                        more: $"""
                        <wp:post_date>2026-03-01 01:10:00</wp:post_date>
                        <wp:post_modified>2026-03-{day} 01:10:00</wp:post_modified><wp:post_modified_gmt>2026-03-{day} 06:10:00</wp:post_modified_gmt>
                        """
                    )
                )
            )
        );

    [Fact]
    public void A_picture_of_the_place_has_its_own_size_and_no_caption_where_the_pattern_has_no_room_for_one()
    {
        static string Picture(string id, string size) =>
            Wxr.Post(
                id,
                type: "attachment",
                status: "inherit",
                more: $"<wp:attachment_url>https://site.example/{id}.png</wp:attachment_url>"
                    + Wxr.Meta("_wp_attachment_metadata", $"s:5:\"width\";i:{size};s:6:\"height\";i:{size};")
            );
        var pattern = Pattern(
            "7",
            $$"""<!-- wp:image {"id":8, {{Own}}"I"} } --><figure class="wp-block-image"><img src="https://site.example/8.png" alt="" class="wp-image-8"/></figure><!-- /wp:image -->"""
        );
        var shown = """<!-- wp:block {"ref":7,"content":{"I":{"id":9,"url":"https://site.example/9.png","caption":"Never"}}} /-->""";
        Assert.Equal(
            "<figure><img width=\"90\" height=\"90\" src=\"https://site.example/9.png\" alt=\"\"></figure>",
            Clean(Wxr.Of(pattern, Picture("8", "80"), Picture("9", "90"), Wxr.Post("1", slug: "a", content: shown)))
        );
    }

    [Fact]
    public void A_long_text_that_many_blocks_show_does_not_grow_without_end()
    {
        var pattern = Pattern(
            "7",
            string.Concat(Enumerable.Repeat($$"""<!-- wp:paragraph { {{Own}}"T"} } --><p>x</p><!-- /wp:paragraph -->""", 1_000))
        );
        var site = Wxr.Of(
            pattern,
            Wxr.Post(
                "1",
                slug: "a",
                content: string.Concat(
                    Enumerable.Repeat($$"""<!-- wp:block {"ref":7,"content":{"T":{"content":"{{new string('y', 100_000)}}"} } } /-->""", 20)
                )
            )
        );
        Assert.InRange(((string)site.Get("article", "a")["bodyHtml"]!).Length, 1_000_000, 3 * WordPressReusableBlocks.MaxCharacters);
    }

    private static string Lines(string html) => string.Join('\n', html.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
