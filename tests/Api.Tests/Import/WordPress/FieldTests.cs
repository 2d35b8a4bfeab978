using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Import.Lines;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Tests.Import.WordPress;

public class FieldTests
{
    private const string Related = """
        { "postTypes": { "post": { "to": "article", "fields": {
            "experts": "featured_experts", "files": "report_pdf, slides", "topics": "regions", "source.name": "outlet", "source.url": "link", "subtitle": "deck", "publishedAt": "day" } } } }
        """;

    private static readonly string People =
        Wxr.Post("38", "Amal Haddad", "amal", type: "expert")
        + Wxr.Post("39", "Jon Reyes", "jon", type: "expert")
        + Wxr.Post(
            "6",
            "Port costs",
            "port-costs",
            "",
            "inherit",
            "attachment",
            more: "<wp:attachment_url>https://site.example/port-costs.pdf</wp:attachment_url>"
        );

    [Theory]
    [InlineData("https://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", null)]
    [InlineData("0000-0002-1825-0098", null, "orcid")]
    public void An_orcid_in_a_field_is_checked_like_any_other(string value, string? orcid, string? note)
    {
        var site = Wxr.Mapped(
            """{ "postTypes": { "expert": { "to": "expert", "fields": { "orcid": "ids.orcid" } } } }""",
            Wxr.Post("38", "Amal Haddad", "amal", type: "expert", more: Wxr.Meta("ids_0_orcid", value))
        );
        var line = site.Get("expert", "amal").ToJsonString();
        var parsed = LineMender.Parse(
            ImportLine.Of(1, JsonNode.Parse(line)!.AsObject()),
            new(new Uri("https://example.org/"), "UTC", "en")
        );
        Assert.Empty(parsed.Problems);
        Assert.Equal(orcid is null ? null : "0000-0002-1825-0097", ((ExpertLine)parsed.Detail!).Orcid);
        Assert.Equal(note is null, parsed.Mended.Count == 0);
        Assert.All(parsed.Mended, text => Assert.StartsWith("orcid: ", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""a:2:{i:0;s:2:"39";i:1;s:2:"38";}""")]
    [InlineData("a:2:{i:0;i:39;i:1;i:38;}")]
    [InlineData("39, 38")]
    public void People_in_a_relation_are_experts_in_its_order_wherever_they_stand(string value)
    {
        var site = Wxr.Mapped(Related, Wxr.Post("45", slug: "a", more: Wxr.Meta("featured_experts", value)), People);
        Assert.Equal(["ada author", "jon featured", "amal featured"], Experts(site, "a"));
    }

    [Fact]
    public void Files_in_fields_are_files_of_the_article_by_number_or_address()
    {
        var site = Wxr.Mapped(
            Related,
            People,
            Wxr.Post("45", slug: "a", more: Wxr.Meta("report_pdf", "6") + Wxr.Meta("slides", "https://other.example/s.pptx"))
        );
        Assert.Equal(
            ["https://site.example/port-costs.pdf", "https://other.example/s.pptx"],
            site.Get("article", "a")["files"]!.AsArray().Select(f => (string)f!["url"]!)
        );
        Assert.Equal("Port costs", (string?)site.Get("article", "a")["files"]![0]!["label"]);
    }

    [Fact]
    public void Texts_dates_topics_and_outlets_in_fields_come_through()
    {
        var site = Wxr.Mapped(
            Related,
            "<wp:category><wp:term_id>12</wp:term_id><wp:category_nicename>asia</wp:category_nicename><wp:cat_name>Asia</wp:cat_name></wp:category>",
            Wxr.Post(
                "45",
                slug: "a",
                more: Wxr.Meta("regions", """a:1:{i:0;s:2:"12";}""")
                    + Wxr.Meta("outlet", "The Daily &amp; Example")
                    + Wxr.Meta("link", "https://example.org/x")
                    + Wxr.Meta("deck", "What it costs")
                    + Wxr.Meta("day", "20210304")
            ),
            Wxr.Post("46", slug: "b", more: Wxr.Meta("regions", "Levant"))
        );
        var article = site.Get("article", "a");
        Assert.Equal(
            ("asia", "The Daily & Example", "https://example.org/x", "What it costs", "2021-03-04T00:00:00Z"),
            (
                (string?)article["topics"]![0],
                (string?)article["source"]!["name"],
                (string?)article["source"]!["url"],
                (string?)article["subtitle"],
                (string?)article["publishedAt"]
            )
        );
        Assert.Equal("levant", (string?)site.Get("article", "b")["topics"]![0]);
        Assert.Equal("Levant", (string?)site.Get("topic", "levant")["name"]);
    }

    [Fact]
    public void Rows_of_a_repeater_and_members_of_a_group_are_read_in_order()
    {
        var site = Wxr.Mapped(
            """{ "postTypes": { "post": { "to": "article", "fields": { "experts.author": "team.person" } } } }""",
            People,
            Wxr.Post("45", slug: "a", more: Wxr.Meta("team", "11") + Wxr.Meta("team_10_person", "39") + Wxr.Meta("team_2_person", "38")),
            Wxr.Post("46", slug: "b", more: Wxr.Meta("team_person", "39"))
        );
        Assert.Equal(["amal author", "jon author"], Experts(site, "a"));
        Assert.Equal(["jon author"], Experts(site, "b"));
    }

    [Fact]
    public void What_a_field_names_and_is_not_there_is_left_out_with_a_note()
    {
        var site = Wxr.Mapped(
            Related,
            Wxr.Post("45", slug: "a", more: Wxr.Meta("featured_experts", "77") + Wxr.Meta("report_pdf", "78") + Wxr.Meta("regions", "79"))
        );
        Assert.Equal(["ada author"], Experts(site, "a"));
        site.HasNote("'featured_experts' names the person 77");
        site.HasNote("names the file 78");
        site.HasNote("'regions' names the topic 79");
    }

    [Theory]
    [InlineData("""{"featured_experts": [38, 39]}""")]
    [InlineData("""{"featured_experts": [{"ID": 38, "post_title": "Amal"}, {"ID": 39, "user_email": "jon@site.example"}]}""")]
    [InlineData("""{"featured_experts": ["38", "39"], "other": "x"}""")]
    public void The_site_shows_relations_as_numbers_or_objects(string acf)
    {
        var item = new WxrItem(1, 1);
        using var json = JsonDocument.Parse(acf);
        LiveFields.Add(item, json.RootElement, Wxr.Mapping(Related).CustomFields);
        Assert.Equal(["38", "39"], FieldValues.Of(item, "featured_experts"));
        Assert.DoesNotContain(item.Meta, m => m.Value.Contains('@', StringComparison.Ordinal));
    }

    [Fact]
    public void The_site_shows_repeaters_as_arrays_and_groups_as_objects()
    {
        var item = new WxrItem(1, 1);
        using var json = JsonDocument.Parse(
            """{"team": [{"person": 38, "role": "x"}, {"person": {"ID": 39}}], "box": {"pdf": {"id": 6, "url": "https://site.example/a.pdf"}}, "empty": false}"""
        );
        LiveFields.Add(
            item,
            json.RootElement,
            Wxr.Mapping(
                """{ "postTypes": { "post": { "to": "article", "fields": { "experts": "team.person", "files": "box.pdf" } } } }"""
            ).CustomFields
        );
        Assert.Equal(["38", "39"], FieldValues.Of(item, "team.person"));
        Assert.Equal(["6"], FieldValues.Of(item, "box.pdf"));
    }

    [Theory]
    [InlineData("""a:1:{i:0;s:5:"é–";}""", "é–")]
    [InlineData("""a:1:{s:3:"key";a:2:{i:0;b:1;i:1;N;}}""", "1")]
    [InlineData("""a:9999999:{i:0;s:2:"38";}""", null)]
    [InlineData("""a:1:{i:0;s:99:"38";}""", null)]
    [InlineData("""a:1:{i:0;O:8:"stdClass":0:{}}""", null)]
    [InlineData("38", null)]
    public void Serialized_values_are_read_and_never_made_into_objects(string text, string? value) =>
        Assert.Equal(value, PhpText.Values(text)?.SingleOrDefault());

    [Theory]
    [InlineData("_yoast_wpseo_title", "%%title%% %%page%% %%sep%% %%sitename%%", "Costs - Harbor Institute")]
    [InlineData("_yoast_wpseo_title", "Read: %%title%%", "Read: Costs")]
    [InlineData("rank_math_title", "%title% %sep% %sitename%", "Costs - Harbor Institute")]
    [InlineData("rank_math_title", "Up 40% to 50% %sep% %category%", "Up 40% to 50% - Asia")]
    [InlineData("_seopress_titles_title", "%%post_title%% %%sep%% %%sitetitle%%", "Costs - Harbor Institute")]
    [InlineData("_yoast_wpseo_title", "%%title%% in %%currentyear%%", null)]
    public void Titles_for_search_engines_have_their_variables_filled(string field, string template, string? title)
    {
        var site = Wxr.Of(
            "<title>Harbor Institute</title>",
            Wxr.Post("1", "Costs", "a", more: Wxr.Meta(field, template) + In("category", "asia", "Asia"))
        );
        Assert.Equal(title, (string?)site.Get("article", "a")["seo"]?["title"]);
    }

    // As Rank Math 1.0.273 and SEOPress 9.7.4 show such an article.
    [Theory]
    [InlineData("rank_math_title", "%category%", "China")]
    [InlineData("rank_math_title", "%categories%", "China, Asia")]
    [InlineData("rank_math_title", "%categories(limit=1)%", null)]
    [InlineData("rank_math_title", "%primary_taxonomy_terms%", "Asia, China")]
    [InlineData("rank_math_title", "%tag%", "Ports")]
    [InlineData("rank_math_title", "%tags%", "Ports, Tolls")]
    [InlineData("rank_math_title", "%focuskw%", "tolls")]
    [InlineData("rank_math_title", "%keywords%", "tolls,ports")]
    [InlineData("rank_math_title", "%customterm(category)%", "China")]
    [InlineData("rank_math_title", "%customfield(subtitle)%", null)]
    [InlineData("rank_math_title", "%pagenumber%", "1")]
    [InlineData("rank_math_title", "%term% %search_query%", "")]
    [InlineData("rank_math_title", "%date(Y)%", null)]
    [InlineData("_seopress_titles_title", "%%post_category%%", "Asia")]
    [InlineData("_seopress_titles_title", "%%post_tag%%", "Ports")]
    [InlineData("_seopress_titles_title", "%%_ct_category%%", "Asia")]
    [InlineData("_seopress_titles_title", "%%_cf_subtitle%%", null)]
    [InlineData("_seopress_titles_title", "%%_category_title%%", "")]
    [InlineData("_seopress_titles_title", "%%target_keyword%%", "tolls,ports")]
    [InlineData("_seopress_titles_title", "%%author_first_name%% %%author_last_name%%", "Ada Moreau")]
    [InlineData("_seopress_titles_title", "%%post_url%%", "https://site.example/costs/")]
    [InlineData("_yoast_wpseo_title", "%%category%%", "Asia, China")]
    [InlineData("_yoast_wpseo_title", "%%primary_category%%", "China")]
    [InlineData("_yoast_wpseo_title", "%%tag%%", "Ports, Tolls")]
    public void Each_plugin_fills_a_variable_in_its_own_way(string field, string variable, string? value)
    {
        var article = Wxr.Of(
                "<wp:author><wp:author_login>ada</wp:author_login><wp:author_first_name>Ada</wp:author_first_name><wp:author_last_name>Moreau</wp:author_last_name></wp:author>",
                Category(4, "asia", "Asia"),
                Category(5, "china", "China"),
                Wxr.Post(
                    "1",
                    "Costs",
                    "a",
                    more: "<link>https://site.example/costs/</link>"
                        + Wxr.Meta(field, $"Of {variable} x")
                        + Wxr.Meta("rank_math_focus_keyword", "tolls,ports")
                        + Wxr.Meta("_seopress_analysis_target_kw", "tolls,ports")
                        + Wxr.Meta(
                            field[0] == 'r' ? "rank_math_primary_category"
                                : field[1] == 's' ? "_seopress_robots_primary_cat"
                                : "_yoast_wpseo_primary_category",
                            "5"
                        )
                        + Wxr.Meta("subtitle", "A deck")
                        + In("category", "asia", "Asia")
                        + In("category", "china", "China")
                        + In("post_tag", "ports", "Ports")
                        + In("post_tag", "tolls", "Tolls")
                )
            )
            .Get("article", "a");
        Assert.Equal(
            value is null ? null
                : value.Length == 0 ? "Of x"
                : $"Of {value} x",
            (string?)article["seo"]?["title"]
        );
    }

    [Fact]
    public void An_article_whose_readers_SEOPress_sends_on_is_noted()
    {
        static string Sends(string isOn) =>
            Wxr.Meta("_seopress_redirections_enabled", isOn)
            + Wxr.Meta("_seopress_redirections_type", "301")
            + Wxr.Meta("_seopress_redirections_value", "https://elsewhere.example/new");
        var site = Wxr.Of(Wxr.Post("1", "Costs", "a", more: Sends("yes")), Wxr.Post("2", "Gains", "b", more: Sends("")));
        Assert.Equal(
            [1],
            site.Export.Notes.Where(note =>
                    note.Text == "SEOPress sends its readers on to 'https://elsewhere.example/new': here it stays a page of its own"
                )
                .Select(note => note.Item)
        );
    }

    [Fact]
    public void Rank_Math_names_the_main_topic_the_original_and_what_search_engines_may_list()
    {
        var site = Wxr.Of(
            Category(4, "asia", "Asia"),
            Category(5, "trade", "Trade"),
            Wxr.Post(
                "1",
                slug: "a",
                more: In("category", "asia", "Asia")
                    + In("category", "trade", "Trade")
                    + Wxr.Meta("rank_math_primary_category", "5")
                    + Wxr.Meta("rank_math_robots", """a:1:{i:0;s:7:"noindex";}""")
                    + Wxr.Meta("rank_math_canonical_url", "https://example.org/first")
                    + Wxr.Meta("rank_math_description", "Ports pay.")
            )
        );
        var article = site.Get("article", "a");
        Assert.Equal(
            ("trade", "https://example.org/first", "Ports pay.", true),
            (
                (string?)article["primaryTopic"],
                (string?)article["canonicalUrl"],
                (string?)article["seo"]!["description"],
                (bool)article["seo"]!["noindex"]!
            )
        );
    }

    [Fact]
    public void What_the_export_of_WPML_groups_are_translations()
    {
        static string In(string language) =>
            Wxr.Meta("_wpml_import_language_code", language) + Wxr.Meta("_wpml_import_translation_group", "7");
        var site = Wxr.Of(Wxr.Post("1", slug: "harbours", more: In("en")), Wxr.Post("2", slug: "les-ports", more: In("fr")));
        Assert.Equal("les-ports", (string?)Assert.Single(site.Get("article", "harbours")["translations"]!.AsArray())!["slug"]);
        Assert.Equal("fr", (string?)site.Get("article", "les-ports")["language"]);
    }

    private static string Category(int id, string slug, string name) =>
        $"<wp:category><wp:term_id>{id}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename><wp:cat_name>{name}</wp:cat_name></wp:category>";

    private static string In(string taxonomy, string slug, string name) =>
        $"<category domain=\"{taxonomy}\" nicename=\"{slug}\"><![CDATA[{name}]]></category>";

    private static IEnumerable<string> Experts(Wxr site, string slug) =>
        site.Get("article", slug)["experts"]!.AsArray().Select(e => $"{e!["slug"]} {e["role"]}");
}
