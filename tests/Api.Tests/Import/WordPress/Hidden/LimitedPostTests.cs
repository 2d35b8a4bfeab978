namespace Api.Tests.Import.WordPress.Hidden;

/// <summary>Whole items, files and summaries that are not for everybody.</summary>
public class LimitedPostTests
{
    private const string Flag = """{"metadata":{"blockVisibility":false}}""";

    private static string Excerpt(string text) => $"<excerpt:encoded><![CDATA[{text}]]></excerpt:encoded>";

    private static string Upload(string id, string file, string status = "inherit", string parent = "1") =>
        Wxr.Post(
            id,
            file,
            file,
            type: "attachment",
            status: status,
            more: $"<wp:post_parent>{parent}</wp:post_parent><wp:attachment_url>https://site.example/up/{file}</wp:attachment_url>"
        );

    [Theory]
    [InlineData("_members_access_role", "editor")]
    [InlineData("rcp_subscription_level", "a:1:{i:0;s:1:\"2\";}")]
    [InlineData("rcp_user_level", "a:1:{i:0;s:10:\"Subscriber\";}")]
    [InlineData("_is_paid", "1")]
    [InlineData("_jetpack_newsletter_access", "paid_subscribers")]
    [InlineData("um_content_restriction", "a:8:{s:26:\"_um_custom_access_settings\";s:1:\"1\";s:14:\"_um_accessible\";s:1:\"2\";}")]
    [InlineData("pms-content-restrict-user-status", "loggedin")]
    [InlineData("_llms_is_restricted", "yes")]
    public void An_item_that_a_plugin_keeps_for_some_is_kept_and_not_shown(string field, string value)
    {
        var site = Wxr.Of(Wxr.Post("1", slug: "a", more: Wxr.Meta(field, value)));
        Assert.Equal("private", (string?)site.Get("article", "a")["publicationStatus"]);
        Assert.Equal("private", (string?)site.Get("expert", "ada")["publicationStatus"]);
        site.HasNote($"its custom field '{field}' says that it is not for everybody");
    }

    [Theory]
    [InlineData("rcp_user_level", "All")]
    [InlineData("rcp_user_level", "a:1:{i:0;s:3:\"All\";}")]
    [InlineData("rcp_subscription_level", "all")]
    [InlineData("rcp_access_level", "None")]
    [InlineData("_is_paid", "")]
    [InlineData("_jetpack_newsletter_access", "everybody")]
    [InlineData("um_content_restriction", "a:8:{s:26:\"_um_custom_access_settings\";s:1:\"0\";s:14:\"_um_accessible\";s:1:\"2\";}")]
    [InlineData("pms-content-restrict-user-status", "loggedout")]
    [InlineData("_llms_is_restricted", "no")]
    public void One_that_says_everybody_is_shown(string field, string value) =>
        Assert.Equal(
            "published",
            (string?)Wxr.Of(Wxr.Post("1", slug: "a", more: Wxr.Meta(field, value))).Get("article", "a")["publicationStatus"]
        );

    [Fact]
    public void A_post_with_a_paywall_is_shown_down_to_there()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: "<!-- wp:paragraph --><p>Teaser.</p><!-- /wp:paragraph --><!-- wp:jetpack/paywall /--><!-- wp:paragraph --><p>Paid.</p><!-- /wp:paragraph -->",
                more: Wxr.Meta("_jetpack_newsletter_access", "subscribers")
                    + Wxr.Meta("_jetpack_memberships_contains_paywalled_content", "1")
            )
        );
        Assert.Equal(
            ("published", "<p>Teaser.</p>"),
            ((string?)site.Get("article", "a")["publicationStatus"], (string?)site.Get("article", "a")["bodyHtml"])
        );
    }

    [Fact]
    public void Rules_that_a_plugin_keeps_elsewhere_are_noted() =>
        Wxr.Of(Wxr.Post("1", slug: "a"), Wxr.Post("2", "All of Reports", "rule", type: "memberpressrule"))
            .HasNote("1 × item of type 'memberpressrule' left out: it is a plugin's rule on who may read what");

    [Fact]
    public void Private_files_and_those_in_the_trash_are_shown_nowhere()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "a", content: "[gallery ids=\"3,4,5\"]", more: Wxr.Meta("_thumbnail_id", "4")),
            Upload("2", "open.pdf"),
            Upload("3", "open.png"),
            Upload("4", "private.png", "private"),
            Upload("5", "trash.png", "trash"),
            Upload("6", "private.pdf", "private")
        );
        Assert.DoesNotContain("private.p", site.Json, StringComparison.Ordinal);
        Assert.DoesNotContain("trash.png", site.Json, StringComparison.Ordinal);
        Assert.Contains("open.png", (string?)site.Get("article", "a")["bodyHtml"], StringComparison.Ordinal);
        Assert.Equal("https://site.example/up/open.pdf", (string?)Assert.Single(site.Get("article", "a")["files"]!.AsArray())!["url"]);
        site.HasNote("3 × attachment left out: it is private or in the trash");
    }

    [Fact]
    public void A_document_that_only_hidden_text_names_is_no_file_of_the_article()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: $"<!-- wp:file {{\"href\":\"https://site.example/up/secret.pdf\",\"metadata\":{{\"blockVisibility\":false}}}} --><a href=\"https://site.example/up/secret.pdf\">S</a><!-- /wp:file -->"
                    + "[restrict]<a href=\"/up/members.pdf\">M</a> <a href=\"/up/both.pdf\">B</a>[/restrict]<p><a href=\"https://site.example/up/both.pdf\">B</a></p>"
            ),
            Upload("2", "secret.pdf"),
            Upload("3", "members.pdf"),
            Upload("4", "both.pdf"),
            Upload("5", "unnamed.pdf")
        );
        Assert.Equal(["both.pdf", "unnamed.pdf"], site.Get("article", "a")["files"]!.AsArray().Select(file => (string?)file!["label"]));
        site.HasNote("2 × file (named in hidden text only)");
    }

    [Theory]
    [InlineData("Shown to all. Hidden one two three four.")]
    [InlineData("shown to all HIDDEN ONE two three four")]
    [InlineData("Word")]
    [InlineData("All of it: <em>one two</em> three four")]
    public void A_summary_or_description_that_repeats_hidden_text_goes(string text)
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: $"<!-- wp:paragraph --><p>Shown to all.</p><!-- /wp:paragraph --><!-- wp:paragraph {Flag} --><p>Hidden <b>one</b> two three four.</p><!-- /wp:paragraph --><!-- wp:paragraph {Flag} --><p>Word</p><!-- /wp:paragraph -->",
                more: Excerpt(text) + Wxr.Meta("_yoast_wpseo_metadesc", text)
            )
        );
        Assert.Equal("", (string?)site.Get("article", "a")["summary"]);
        Assert.Null(site.Get("article", "a")["seo"]);
        site.HasNote("1 × summary (repeats hidden text); 1 × description for search engines (repeats hidden text)");
    }

    [Theory]
    [InlineData("Who pays, and one two three reasons why.")]
    [InlineData("Shown one two three four.")]
    public void One_with_words_of_its_own_or_of_the_open_text_stays(string text)
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: $"<!-- wp:paragraph --><p>Shown one two three four.</p><!-- /wp:paragraph --><!-- wp:paragraph {Flag} --><p>Hidden one two three four.</p><!-- /wp:paragraph -->",
                more: Excerpt(text)
            )
        );
        Assert.Equal(text, (string?)site.Get("article", "a")["summary"]);
    }

    [Fact]
    public void An_excerpt_has_no_text_for_members_either() =>
        Assert.Equal(
            "For all.",
            (string?)
                Wxr.Of(Wxr.Post("1", slug: "a", more: Excerpt("For all. [members_only]For some.[/members_only]"))).Get("article", "a")[
                    "summary"
                ]
        );
}
