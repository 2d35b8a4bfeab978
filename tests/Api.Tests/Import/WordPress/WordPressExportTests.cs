using System.Text.Json.Nodes;

namespace Api.Tests.Import.WordPress;

public class WordPressExportTests
{
    private readonly Wxr site = Wxr.File("institute.xml");

    [Fact]
    public void Its_summary_counts_what_the_file_holds() =>
        Assert.Equal(
            "6 posts (2 public), 2 pages, 2 attachments, 4 categories, 3 tags, 3 authors; 1 comments are not read",
            site.Export.Summary
        );

    [Fact]
    public void Posts_become_articles()
    {
        var article = site.Get("article", "what-a-free-strait-costs");
        Assert.Equal("What a \"free\" strait costs", (string?)article["title"]);
        Assert.Equal("Passage is free; waiting is not.", (string?)article["summary"]);
        Assert.Equal("2024-05-14T13:30:00Z", (string?)article["publishedAt"]);
        Assert.Equal("2024-05-16T08:00:00Z", (string?)article["updatedAt"]);
        Assert.Equal("published", (string?)article["publicationStatus"]);
        Assert.Equal("en-US", (string?)article["language"]);
        Assert.True((bool)article["featured"]!);
        Assert.Equal("Who pays for waiting.", (string?)article["seo"]!["description"]);
        Assert.Equal("What a \"free\" strait costs - Harbor Institute", (string?)article["seo"]!["title"]);
    }

    [Fact]
    public void Classic_text_gets_its_paragraphs_and_shortcodes() =>
        Assert.Equal(
            """
            <p>Ships wait, and waiting costs.<br>
            Insurers know it [sic].</p>
            <figure><a href="https://harbor.example/wp-content/uploads/strait.jpg"><img src="https://harbor.example/wp-content/uploads/strait.jpg" alt="A strait" width="600" height="400" /></a><figcaption>The strait at <em>noon</em></figcaption>
            </figure>
            <ul><li>one</li>
            <li>two</li>
            </ul>
            <p>See <a href="https://harbor.example/about/">who we are</a>.</p>
            """,
            (string?)site.Get("article", "what-a-free-strait-costs")["bodyHtml"]
        );

    [Fact]
    public void Blocks_lose_their_comments_and_embeds_become_players()
    {
        var body = (string)site.Get("article", "convoys-explained")["bodyHtml"]!;
        Assert.StartsWith("<p>A convoy is slow.</p>", body, StringComparison.Ordinal);
        Assert.Contains("https://www.youtube-nocookie.com/embed/abcdefghijk", body, StringComparison.Ordinal);
        Assert.Contains("<figcaption>A lecture</figcaption>", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", body, StringComparison.Ordinal);
        site.HasNote("block 'latest-posts' left out");
    }

    [Fact]
    public void Whatever_was_not_public_is_not_public()
    {
        Assert.Equal("private", (string?)site.Get("article", "for-members")["publicationStatus"]);
        Assert.Equal("draft", (string?)site.Get("article", "unfinished")["publicationStatus"]);
        Assert.Equal("scheduled", (string?)site.Get("article", "next-years-budget")["publicationStatus"]);
        Assert.Equal("draft", (string?)site.All("article").Single(a => (string?)a["title"] == "Thrown away")["publicationStatus"]);
        Assert.DoesNotContain("swordfish", site.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_does_not_take_the_address_of_what_is_public() =>
        Assert.Equal("convoys-explained-2", (string?)site.All("article").Single(a => (string?)a["title"] == "Thrown away")["slug"]);

    [Fact]
    public void A_draft_without_a_GMT_date_is_dated_by_the_sites_clock() =>
        Assert.Equal("2024-07-01T10:00:00Z", (string?)site.Get("article", "unfinished")["publishedAt"]);

    [Fact]
    public void Authors_become_experts_and_those_without_publications_stay_private()
    {
        Assert.Equal(["ada-moreau", "inês-duarte", "only-drafts"], site.Slugs("expert"));
        Assert.Equal("Moreau", (string?)site.Get("expert", "ada-moreau")["familyName"]);
        Assert.Equal("published", (string?)site.Get("expert", "ada-moreau")["publicationStatus"]);
        Assert.Equal("private", (string?)site.Get("expert", "only-drafts")["publicationStatus"]);
    }

    [Fact]
    public void Coauthors_come_in_their_order()
    {
        var experts = site.Get("article", "convoys-explained")["experts"]!.AsArray();
        Assert.Equal(["inês-duarte", "ada-moreau"], experts.Select(e => (string)e!["slug"]!));
        Assert.All(experts, e => Assert.Equal("author", (string?)e!["role"]));
    }

    [Fact]
    public void Neither_comments_nor_addresses_come_out()
    {
        foreach (var secret in (string[])["@", "203.0.113.77", "Rowan", "nobody imports", "mail.example"])
        {
            Assert.DoesNotContain(secret, site.Json, StringComparison.Ordinal);
            Assert.DoesNotContain(site.Export.Notes, n => n.Text.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Categories_and_tags_become_topics_in_their_hierarchy()
    {
        Assert.Equal(["baltic", "insurance", "strait", "trade-routes"], site.Slugs("topic").Order(StringComparer.Ordinal));
        Assert.Equal("trade-routes", (string?)site.Get("topic", "strait")["parent"]);
        Assert.Equal("Straits & canals", (string?)site.Get("topic", "strait")["name"]);
        Assert.Equal("How goods travel.", (string?)site.Get("topic", "trade-routes")["description"]);
        Assert.Equal("region", (string?)site.Get("topic", "baltic")["kind"]);
    }

    [Fact]
    public void Categories_come_before_tags_so_that_one_is_the_primary_topic() =>
        Assert.Equal(
            ["strait", "baltic", "insurance"],
            site.Get("article", "what-a-free-strait-costs")["topics"]!.AsArray().Select(t => (string)t!)
        );

    [Fact]
    public void A_category_and_a_tag_of_one_name_are_one_topic()
    {
        Assert.Equal("trade-routes", (string?)site.Get("article", "convoys-explained")["topics"]![0]);
        site.HasNote("both category and post_tag");
    }

    [Fact]
    public void Terms_that_name_a_type_set_it_and_are_no_topics()
    {
        Assert.Equal("op-ed", (string?)site.Get("article", "what-a-free-strait-costs")["type"]);
        Assert.Equal("press-release", (string?)site.Get("article", "next-years-budget")["type"]);
        Assert.Equal("article", (string?)site.Get("article", "convoys-explained")["type"]);
        Assert.Equal(["article", "op-ed", "press-release"], site.Slugs("articleType"));
        Assert.DoesNotContain("op-eds", site.Slugs("topic"));
        Assert.DoesNotContain("press-release", site.Slugs("topic"));
    }

    [Fact]
    public void Pages_keep_their_parents()
    {
        Assert.Equal("about", (string?)site.Get("page", "staff")["parent"]);
        Assert.Null(site.Get("page", "about")["parent"]);
    }

    [Fact]
    public void Attachments_become_images_and_files()
    {
        var article = site.Get("article", "what-a-free-strait-costs");
        var image = article["image"]!;
        Assert.Equal("Ships in a narrow strait", (string?)image["alt"]);
        Assert.Equal("The strait at noon", (string?)image["caption"]);
        Assert.Equal(1200, (int?)image["width"]);
        var file = Assert.Single(article["files"]!.AsArray())!;
        Assert.Equal("https://harbor.example/wp-content/uploads/report.pdf", (string?)file["url"]);
        Assert.Equal("Full report", (string?)file["label"]);
        Assert.Equal("application/pdf", (string?)file["mediaType"]);
    }

    [Fact]
    public void Menus_keep_order_and_nesting() =>
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    [{"label": "Subjects", "target": null, "items": [{"label": "Straits", "target": {"topic": "strait"}, "items": []}]},
                     {"label": "Staff", "target": {"page": "staff"}, "items": []}]
                    """
                ),
                site.Get("menu", "main")["items"]
            )
        );

    [Theory]
    [InlineData("/2024/05/what-a-free-strait-costs/", "articles/what-a-free-strait-costs")]
    [InlineData("/2024/05/free-strait/", "articles/what-a-free-strait-costs")]
    [InlineData("/?p=101", "articles/what-a-free-strait-costs")]
    [InlineData("/about/staff/", "pages/staff")]
    [InlineData("/?page_id=12", "pages/staff")]
    [InlineData("/category/trade-routes/strait/", "topics/strait")]
    [InlineData("/tag/trade-routes/", "topics/trade-routes")]
    [InlineData("/?cat=4", "topics/strait")]
    [InlineData("/author/amoreau/", "experts/ada-moreau")]
    [InlineData("/?author=3", null)]
    public void Old_addresses_lead_to_the_new_ones(string from, string? to) => Assert.Equal(to, site.Redirect(from));

    [Fact]
    public void Old_slugs_are_kept() =>
        Assert.Equal("free-strait", (string?)site.Get("article", "what-a-free-strait-costs")["previousSlugs"]![0]);

    [Fact]
    public void What_is_not_read_is_counted() => site.HasNote("1 × item of type 'product' left out");

    [Fact]
    public void Every_line_from_an_item_says_where_it_stands()
    {
        var line = Assert.Single(site.Lines, l => (string?)l.Value["slug"] == "convoys-explained");
        Assert.Equal((2, 79), (line.Item, line.Line));
    }

    [Fact]
    public void Reading_it_again_gives_the_same() => Assert.Equal(site.Json, Wxr.File("institute.xml").Json);
}
