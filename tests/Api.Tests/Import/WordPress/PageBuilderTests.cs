using System.Text.RegularExpressions;
using Api.Import.Html;

namespace Api.Tests.Import.WordPress;

public partial class PageBuilderTests
{
    private static Wxr Site(string content, string more = "") =>
        Wxr.Of(
            Wxr.Post("1", slug: "a", content: content, more: more, type: "page"),
            Wxr.Post(
                "7",
                "Quay",
                type: "attachment",
                status: "inherit",
                more: "<wp:attachment_url>https://site.example/up/quay.png</wp:attachment_url>"
                    + Wxr.Meta("_wp_attachment_image_alt", "A quay")
            )
        );

    private static string Html(Wxr site) =>
        Gaps().Replace(BodyHtml.Clean((string)site.Get("page", "a")["bodyHtml"]!, new Uri("https://site.example/"))!.Html, "\n");

    private static string Html(string content) => Html(Site(content));

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    [Fact]
    public void Divi_4_keeps_texts_headings_links_buttons_and_pictures_in_attributes() =>
        Assert.Equal(
            Lines(
                    """
                    <h2 id="grain-fell">Grain fell</h2>
                    <p>A year of salt</p>
                    <p><em>Opening</em> words.</p>
                    <p><a href="https://site.example/read">Read on</a></p>
                    <figure><img src="https://site.example/up/mill.png" alt="A mill"></figure>
                    <h3 id="salt-x-y"><a href="https://site.example/salt">Salt [x] "y"</a></h3>
                    <p>Blurb.</p>
                    <h3 id="who-pays">Who pays?</h3>
                    <p>Nobody.</p>
                    <p>Wool rose.</p>
                    <p>Ada Vale, Miller, Mills &amp; Co</p>
                    <p><a href="https://site.example/all?a=1&amp;b=2">All reports</a></p>
                    <figure><iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="YouTube" width="560" height="315" allowfullscreen=""></iframe></figure>
                    <figure><img src="https://site.example/up/quay.png" alt="A quay"></figure>
                    """
                )
                .TrimEnd(),
            Html(
                """
                [et_pb_section fb_built="1" _builder_version="4.16"][et_pb_fullwidth_header title="Grain fell" subhead="A year of salt" button_one_text="Read on" button_one_url="https://site.example/read" header_level="h1"]<p><em>Opening</em> words.</p>[/et_pb_fullwidth_header]
                [et_pb_row _builder_version="4.16"][et_pb_column type="4_4"][et_pb_blurb title="Salt %91x%93 %22y%22" url="https://site.example/salt" image="https://site.example/up/mill.png" alt="A mill" header_level="h2"]<p>Blurb.</p>[/et_pb_blurb]
                [et_pb_accordion][et_pb_accordion_item title="Who pays?" open="on" toggle_level="h5" title_level="h2"]<p>Nobody.</p>[/et_pb_accordion_item][/et_pb_accordion]
                [et_pb_testimonial author="Ada Vale" job_title="Miller" company_name="Mills &amp; Co"]<p>Wool rose.</p>[/et_pb_testimonial]
                [et_pb_button button_url="https://site.example/all?a=1&b=2" button_text="All reports" _builder_version="4.16"][/et_pb_button]
                [et_pb_video src="https://youtu.be/abcdefghijk" /][et_pb_gallery gallery_ids="7,8" /][et_pb_divider /][/et_pb_column][/et_pb_row][/et_pb_section]
                """
            )
        );

    [Fact]
    public void What_Divi_looks_up_or_lists_is_left_out_with_a_note()
    {
        var site = Site(
            """[et_pb_row][et_pb_heading title="@ET-DC@eyJkeW5hbWljIjp0cnVlfQ==@" _dynamic_attributes="title" /][et_pb_blog posts_number="3" /][et_pb_contact_form title="Write"][et_pb_contact_field field_title="Name" /][/et_pb_contact_form][/et_pb_row]"""
        );
        Assert.Equal("", Html(site));
        site.HasNote("1 × shortcode [et_pb_heading] left out: its words come from elsewhere (in item 1)");
        site.HasNote("1 × shortcode [et_pb_blog] left out");
        site.HasNote("1 × shortcode [et_pb_contact_form] left out");
    }

    [Fact]
    public void A_row_of_Divi_that_is_switched_off_stays_hidden()
    {
        var site = Site(
            """[et_pb_section][et_pb_row disabled_on="on|on|on" disabled="on"][et_pb_column][et_pb_blurb title="ZQHIDDEN"]ZQHIDDEN[/et_pb_blurb][/et_pb_column][/et_pb_row][et_pb_text]<p>Open.</p>[/et_pb_text][/et_pb_section]"""
        );
        Assert.Equal("<p>Open.</p>", Html(site));
        Assert.DoesNotContain("ZQHIDDEN", site.Json, StringComparison.Ordinal);
    }

    [Fact]
    public void Divi_4_in_a_block_of_Divi_5_gets_its_paragraphs() =>
        Assert.Equal(
            "<p>One.</p>\n<p>Two.</p>",
            Html(
                "<!-- wp:divi/placeholder -->[et_pb_section][et_pb_text]One.\n\nTwo.[/et_pb_text][/et_pb_section]<!-- /wp:divi/placeholder -->"
            )
        );

    [Fact]
    public void Divi_5_keeps_its_words_in_the_settings_of_blocks() =>
        Assert.Equal(
            Lines(
                    """
                    <figure><a href="https://site.example/m"><img src="https://site.example/up/mill.png" alt="A mill"></a></figure>
                    <h2 id="salt"><a href="https://site.example/salt">Salt</a></h2>
                    <p>Blurb.</p>
                    <h2 id="question">Question</h2>
                    <p>Answer.</p>
                    <p><a href="https://site.example/all">All reports</a></p>
                    """
                )
                .TrimEnd(),
            Html(
                """
                <!-- wp:divi/placeholder --><!-- wp:divi/section {"builderVersion":"5.0.0"} --><!-- wp:divi/row {"builderVersion":"5.0.0"} -->
                <!-- wp:divi/blurb {"title":{"innerContent":{"desktop":{"value":{"text":"Salt","url":"https://site.example/salt"}}}},"content":{"innerContent":{"desktop":{"value":"\u003cp\u003eBlurb.\u003c/p\u003e"}}},"imageIcon":{"innerContent":{"desktop":{"value":{"src":"https://site.example/up/mill.png","alt":"A mill","linkUrl":"https://site.example/m"}}}},"builderVersion":"5.0.0"} /-->
                <!-- wp:divi/accordion {"builderVersion":"5.0.0"} --><!-- wp:divi/accordion-item {"title":{"innerContent":{"desktop":{"value":"Question"}}},"content":{"innerContent":{"desktop":{"value":"\u003cp\u003eAnswer.\u003c/p\u003e"}}}} /--><!-- /wp:divi/accordion -->
                <!-- wp:divi/heading {"title":{"innerContent":{"desktop":{"value":"$variable({\u0022type\u0022:\u0022content\u0022,\u0022value\u0022:{\u0022name\u0022:\u0022post_title\u0022}})$"}}}} /-->
                <!-- wp:divi/button {"button":{"innerContent":{"desktop":{"value":{"text":"All reports","linkUrl":"https://site.example/all"}}}}} /-->
                <!-- wp:divi/text {"content":{"innerContent":{"desktop":{"value":"ZQHIDDEN"}}},"module":{"decoration":{"disabledOn":{"desktop":{"value":"on"},"tablet":{"value":"on"},"phone":{"value":"on"}}}}} /-->
                <!-- /wp:divi/row --><!-- /wp:divi/section --><!-- /wp:divi/placeholder -->
                """
            )
        );

    [Fact]
    public void WPBakery_keeps_headings_links_buttons_and_pictures_in_attributes() =>
        Assert.Equal(
            Lines(
                    """
                    <h2 id="grain-fell">Grain fell</h2>
                    <p>One.</p>
                    <p>Two.</p>
                    <figure><img src="https://site.example/up/quay.png" alt="A quay"></figure>
                    <p><a href="https://site.example/all">All reports</a></p>
                    <h3 id="tab-one">Tab one</h3>
                    <p>In a tab.</p>
                    <h3 id="q">Q?</h3>
                    <p>A.</p>
                    <p><strong>Raw</strong> &amp; ready</p>
                    <p>Yes.</p>
                    <p><a href="https://site.example/go">Go</a></p>
                    """
                )
                .TrimEnd(),
            Html(
                $"""
                [vc_row][vc_column width="1/2"][vc_custom_heading text="Grain fell" font_container="tag:h1|text_align:left" use_theme_fonts="yes"][vc_column_text css=".vc_custom_1%7Bmargin: 0%7D"]One.

                Two.[/vc_column_text][vc_single_image image="7" img_size="full"][vc_btn title="All reports" link="url:https%3A%2F%2Fsite.example%2Fall|target:_blank"][/vc_column][/vc_row]
                [vc_row][vc_column][vc_tta_tabs][vc_tta_section title="Tab one" tab_id="1" title_level="h2"][vc_column_text]In a tab.[/vc_column_text][/vc_tta_section][/vc_tta_tabs][vc_toggle title="Q?" title_level="h2"]A.[/vc_toggle]
                [vc_raw_html]{Convert.ToBase64String(
                    System.Text.Encoding.UTF8.GetBytes(Uri.EscapeDataString("<p><strong>Raw</strong> & ready</p>"))
                )}[/vc_raw_html][vc_cta btn_title="Go" btn_link="url:https%3A%2F%2Fsite.example%2Fgo"]Yes.[/vc_cta][vc_empty_space][/vc_column][/vc_row]
                """
            )
        );

    private const string Elementor = """
        [{"elType":"section","settings":{},"elements":[{"elType":"column","settings":{},"elements":[
          {"elType":"widget","widgetType":"heading","settings":{"title":"Grain fell","header_size":"h1"},"elements":[]},
          {"elType":"widget","widgetType":"text-editor","settings":{"editor":"<p>One &amp; <em>two<\/em>.<\/p>"},"elements":[]},
          {"elType":"widget","widgetType":"image","settings":{"image":{"url":"https:\/\/site.example\/up\/mill.png","id":7,"alt":"A mill"},"caption":"By Vera"},"elements":[]},
          {"elType":"widget","widgetType":"button","settings":{"text":"All reports","link":{"url":"https:\/\/site.example\/all"}},"elements":[]},
          {"elType":"widget","widgetType":"toggle","settings":{"tabs":[{"tab_title":"Who pays?","tab_content":"<p>Nobody.<\/p>"}]},"elements":[]},
          {"elType":"widget","widgetType":"nested-tabs","settings":{"items":[{"item_title":"Left"},{"item_title":"Right"}]},"elements":[
            {"elType":"container","settings":{},"elements":[{"elType":"widget","widgetType":"text-editor","settings":{"editor":"<p>West.<\/p>"},"elements":[]}]},
            {"elType":"container","settings":{},"elements":[{"elType":"widget","widgetType":"text-editor","settings":{"editor":"<p>East.<\/p>"},"elements":[]}]}]},
          {"elType":"widget","widgetType":"icon-list","settings":{"icon_list":[{"text":"Salt","link":{"url":"https:\/\/site.example\/salt"}},{"text":"Rye"}]},"elements":[]},
          {"elType":"widget","widgetType":"testimonial","settings":{"testimonial_content":"Wool rose.","testimonial_name":"Ada Vale","testimonial_job":"Miller"},"elements":[]},
          {"elType":"widget","widgetType":"video","settings":{"video_type":"youtube","youtube_url":"https:\/\/youtu.be\/abcdefghijk"},"elements":[]},
          {"elType":"widget","widgetType":"text-editor","settings":{"editor":"ZQHIDDEN","hide_desktop":"hidden-desktop","hide_tablet":"hidden-tablet","hide_mobile":"hidden-mobile"},"elements":[]},
          {"elType":"widget","widgetType":"text-editor","settings":{"editor":"ZQHIDDEN","e_display_conditions":["{\"condition\":\"login_status\"}"]},"elements":[]},
          {"elType":"widget","widgetType":"posts","settings":{},"elements":[]}
        ]}]}]
        """;

    [Fact]
    public void Elementor_is_read_where_the_text_lacks_its_page()
    {
        var site = Site("<!-- wp:paragraph --><!-- /wp:paragraph -->", Wxr.Meta("_elementor_data", Elementor));
        Assert.Equal(
            Lines(
                """
                <h2 id="grain-fell">Grain fell</h2>
                <p>One &amp; <em>two</em>.</p>
                <figure><img src="https://site.example/up/mill.png" alt="A mill"><figcaption>By Vera</figcaption></figure>
                <p><a href="https://site.example/all">All reports</a></p>
                <h4 id="who-pays">Who pays?</h4>
                <p>Nobody.</p>
                <h4 id="left">Left</h4>
                <p>West.</p>
                <h4 id="right">Right</h4>
                <p>East.</p>
                <p><a href="https://site.example/salt">Salt</a></p>
                <p>Rye</p>
                <p>Wool rose.</p>
                <p>Ada Vale, Miller</p>
                <figure><iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="YouTube" width="560" height="315" allowfullscreen=""></iframe></figure>
                """
            ),
            Html(site)
        );
        Assert.DoesNotContain("ZQHIDDEN", site.Json, StringComparison.Ordinal);
        site.HasNote("1 × element of Elementor (hidden on every screen); 1 × element of Elementor (shown under conditions)");
        site.HasNote("1 × Elementor's 'posts' left out: WordPress fills it only when it shows the page (in item 1)");
    }

    [Fact]
    public void Elementor_is_read_where_its_copy_shows_what_is_hidden()
    {
        var site = Site(
            "<h2>Shown</h2><h2>Hidden everywhere</h2>",
            Wxr.Meta("_elementor_edit_mode", "builder")
                + Wxr.Meta(
                    "_elementor_data",
                    """[{"elType":"container","settings":[],"elements":[{"elType":"widget","widgetType":"heading","settings":{"title":"Shown"}}]},{"elType":"container","settings":{"hide_desktop":"hidden-desktop","hide_tablet":"hidden-tablet","hide_mobile":"hidden-mobile"},"elements":[{"elType":"widget","widgetType":"heading","settings":{"title":"Hidden everywhere"}}]}]"""
                )
        );
        Assert.Equal("<h2 id=\"shown\">Shown</h2>", Html(site));
        site.HasNote("1 × element of Elementor (hidden on every screen)");
    }

    // As Elementor 4.2 and Beaver Builder 2.10 write them.
    [Theory]
    [InlineData(
        "<h2>Ports &amp; <em>tolls</em></h2>\t\t<p>Text.</p>\t\t\t\t<a href=\"https://www.example.org/report\">\n\t\t\t\tRead the report\n\t\t\t\t</a>\n\t\t<ul>\n\t\t\t<li>\n\t\t\t\t<a href=\"https://www.example.org/first\">\n\t\t\t\t<svg aria-hidden=\"true\" viewBox=\"0 0 512 512\"><path d=\"M1 2\"></path></svg>\t\t\t\t\n\t\t\t\tFirst point\n\t\t\t</a>\n\t\t</li>\n\t\t</ul>\n\t\tSummary\n\t\tData\n",
        "<h2 id=\"ports-tolls\">Ports &amp; <em>tolls</em></h2>\n<p>Text.</p>\n<p><a href=\"https://www.example.org/report\">Read the report</a></p>\n<ul><li><a href=\"https://www.example.org/first\">First point</a></li>\n</ul>\n<p>Summary<br>\nData</p>"
    )]
    [InlineData(
        "<!-- wp:fl-builder/layout -->\n<h2>\n\t\t<a href=\"https://www.example.org/h\"  target=\"_self\">\n\t\t\tA heading\t\t</a>\n\t</h2>\n\t<p>Rich words.</p>\n\t\t\t<a href=\"https://www.example.org/b\"  target=\"_self\">\n\t\t\t\tPress here\n\t\t\t</a>\n<!-- /wp:fl-builder/layout -->",
        "<h2 id=\"a-heading\"><a href=\"https://www.example.org/h\">A heading</a></h2>\n<p>Rich words.</p>\n<p><a href=\"https://www.example.org/b\">Press here</a></p>"
    )]
    public void Copies_of_page_builders_have_no_line_breaks_within_links_and_headings(string copy, string expected) =>
        Assert.Equal(expected, Html(copy));

    [Fact]
    public void Pages_of_Elementor_as_a_site_shows_them_have_their_films_and_numbers_and_nothing_that_no_screen_shows() =>
        Assert.Equal(
            Lines(
                    """
                    <figure><iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="YouTube" width="560" height="315" allowfullscreen=""></iframe></figure>
                    <p>42%</p>
                    """
                )
                .TrimEnd(),
            Html(
                Wxr.Of(
                    Wxr.Post(
                        "1",
                        slug: "a",
                        type: "page",
                        content: Api.Import.WordPress.Live.LiveNodes.Finished(
                            """
                            <div class="elementor-element elementor-widget elementor-widget-video" data-settings="{&quot;video_type&quot;:&quot;youtube&quot;,&quot;youtube_url&quot;:&quot;https:\/\/www.youtube.com\/watch?v=abcdefghijk&quot;,&quot;controls&quot;:&quot;yes&quot;}" data-widget_type="video.default"><div class="elementor-video"></div></div>
                            <p><span class="elementor-counter-number" data-duration="2000" data-to-value="42" data-from-value="0">0</span>%</p>
                            <div class="elementor-element elementor-hidden-desktop elementor-hidden-tablet elementor-hidden-mobile e-flex"><h2>Hidden everywhere</h2></div>
                            """
                        )
                    )
                )
            )
        );

    [Fact]
    public void Elementor_is_not_read_where_the_text_has_its_copy() =>
        Assert.Equal("<p>The copy.</p>", Html(Site("<p>The copy.</p>", Wxr.Meta("_elementor_data", Elementor))));

    [Fact]
    public void A_page_whose_text_only_a_builder_has_is_noted()
    {
        Site("", Wxr.Meta("_elementor_data", "[{\"elType\":"))
            .HasNote("it has no text: that of Elementor is in a custom field that cannot be read");
        Site("", Wxr.Meta("_fl_builder_enabled", "1"))
            .HasNote("it has no text: that of Beaver Builder is in a custom field that is not read");
    }

    [Fact]
    public void The_copy_of_Beaver_Builder_comes_through() =>
        Assert.Equal(
            Lines(
                """
                <h2 id="grain-fell">Grain fell</h2>
                <p>One.</p>
                <p><a href="https://site.example/all">All reports</a></p>
                <p><img src="https://site.example/up/mill.png" alt="A mill"></p>
                """
            ),
            Html(
                """
                <!-- wp:fl-builder/layout -->
                <h1>Grain fell</h1>
                <p>One.</p>
                <a href="https://site.example/all" target="_self" role="button">All reports</a>
                <p><img src="https://site.example/up/mill.png" alt="A mill" itemprop="image" /></p>
                <!-- /wp:fl-builder/layout -->
                """
            )
        );

    // As the accordion of Beaver Builder writes them, of newer and older versions.
    [Theory]
    [InlineData(
        "<a href=\"#\" id=\"l\" tabindex=\"0\">Who pays?</a>\n\t\t\t<a href=\"#\" id=\"i\"><i title=\"Expand\">Expand</i></a>\n\t\t<p>Shippers do.</p>"
    )]
    [InlineData("<a href=\"#\">Who pays?</a>\n\t\t\t<i>Expand</i>\n\t\t<p>Shippers do.</p>")]
    public void What_opens_a_part_of_a_page_is_a_heading_above_it(string copy)
    {
        const string Expected = "<h2 id=\"who-pays\">Who pays?</h2>\n<p>Shippers do.</p>";
        Assert.Equal(Expected, Html($"<!-- wp:fl-builder/layout -->\n{copy}\n<!-- /wp:fl-builder/layout -->"));
        Assert.Equal(Expected, Gaps().Replace(Html(Api.Import.WordPress.Live.LiveNodes.Finished(copy)), "\n"));
    }

    [Fact]
    public void A_shortcode_that_begins_in_one_block_and_ends_in_another_leaves_no_bracket() =>
        Assert.Equal(
            "<p>Inside.</p>",
            Html(
                "<!-- wp:shortcode -->[box][acme_row]<!-- /wp:shortcode --><!-- wp:paragraph --><p>Inside.</p><!-- /wp:paragraph --><!-- wp:shortcode -->[/acme_row][/box]<!-- /wp:shortcode -->"
            )
        );

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex Gaps();
}
