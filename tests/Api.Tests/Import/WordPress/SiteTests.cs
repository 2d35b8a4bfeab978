namespace Api.Tests.Import.WordPress;

public class SiteTests
{
    [Fact]
    public void A_menu_of_a_block_theme_is_a_menu()
    {
        var site = Wxr.Of(
            Wxr.Post("31", "About", "about", type: "page"),
            Wxr.Post(
                "56",
                "Header navigation",
                "navigation",
                """
                <!-- wp:navigation-link {"label":"About us","type":"page","id":31,"url":"https://site.example/about/","kind":"post-type"} /-->
                <!-- wp:navigation-submenu {"label":"More","url":"#","kind":"custom"} --><!-- wp:navigation-link {"label":"Give","url":"https://give.example/"} /--><!-- /wp:navigation-submenu -->
                <!-- wp:navigation-link {"label":"Not yet","url":"https://site.example/soon/","metadata":{"blockVisibility":false}} /-->
                <!-- wp:home-link {"label":"Start"} /-->
                """,
                type: "wp_navigation"
            )
        );
        var menu = site.Get("menu", "navigation");
        Assert.Equal("Header navigation", (string?)menu["label"]);
        Assert.Equal("about", (string?)menu["items"]![0]!["target"]!["page"]);
        Assert.Equal("More", (string?)menu["items"]![1]!["label"]);
        Assert.Equal("https://give.example/", (string?)menu["items"]![1]!["items"]![0]!["target"]!["url"]);
        Assert.Equal(
            ("Start", "https://site.example/"),
            ((string?)menu["items"]![2]!["label"], (string?)menu["items"]![2]!["target"]!["url"])
        );
        Assert.Equal(3, menu["items"]!.AsArray().Count);
    }

    [Fact]
    public void What_Polylang_files_together_are_translations_and_its_unfiled_categories_no_topics()
    {
        static string In(string language, string unfiled) =>
            $"""
                <category domain="language" nicename="{language}"><![CDATA[x]]></category><category domain="post_translations" nicename="pll_1"><![CDATA[pll_1]]></category>
                <category domain="category" nicename="{unfiled}"><![CDATA[None]]></category>
                """;
        var site = Wxr.Of(
            Wxr.Post("1", slug: "harbours", more: In("en", "uncategorized")),
            Wxr.Post("2", slug: "les-ports", more: In("fr", "uncategorized-fr"))
        );
        Assert.Equal("les-ports", (string?)Assert.Single(site.Get("article", "harbours")["translations"]!.AsArray())!["slug"]);
        Assert.Equal("harbours", (string?)Assert.Single(site.Get("article", "les-ports")["translations"]!.AsArray())!["slug"]);
        Assert.Empty(site.All("topic"));
    }

    [Fact]
    public void A_document_in_a_File_block_is_a_file_of_the_article_once()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "6",
                "Port costs",
                "port-costs",
                "",
                "inherit",
                "attachment",
                more: "<wp:post_parent>1</wp:post_parent><wp:attachment_url>https://site.example/up/port-costs.pdf</wp:attachment_url>"
                    + Wxr.Meta("_wp_attachment_metadata", "a:1:{s:8:\"filesize\";i:72;}")
            ),
            Wxr.Post(
                "1",
                slug: "a",
                content: """
                <!-- wp:file {"id":6,"href":"https://site.example/up/port-costs.pdf"} -->
                <div class="wp-block-file"><a href="https://site.example/up/port-costs.pdf">Port costs, <em>full</em> report</a><a href="https://site.example/up/port-costs.pdf" download>Download</a></div>
                <!-- /wp:file -->
                """
            )
        );
        var file = Assert.Single(site.Get("article", "a")["files"]!.AsArray())!;
        Assert.Equal("Port costs, full report", (string?)file["label"]);
        Assert.Equal("application/pdf", (string?)file["mediaType"]);
        Assert.Equal(72, (long)file["bytes"]!);
    }

    [Fact]
    public void A_page_at_the_top_keeps_the_slug_of_its_address()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "about", type: "page"),
            Wxr.Post("2", "Below", "team", type: "page", more: "<wp:post_parent>1</wp:post_parent>"),
            Wxr.Post("3", "Top", "team", type: "page")
        );
        Assert.Equal("Top", (string?)site.Get("page", "team")["title"]);
        Assert.Equal("Below", (string?)site.Get("page", "team-2")["title"]);
    }

    [Fact]
    public void A_year_that_cannot_be_meant_makes_a_draft_with_a_note()
    {
        var site = Wxr.Of(Wxr.Post("1", slug: "slip", date: "0202-03-01 09:00:00"), Wxr.Post("2", slug: "other"));
        Assert.Equal("draft", (string?)site.Get("article", "slip")["publicationStatus"]);
        Assert.Equal("published", (string?)site.Get("article", "other")["publicationStatus"]);
        site.HasNote("no date that can be read");
    }
}
