using Api.Import.WordPress.Hidden;

namespace Api.Tests.Import.WordPress.Hidden;

/// <summary>Blocks that are not for everybody, and what stands around them.</summary>
public class HiddenBlockTests
{
    private const string Flag = """ {"metadata":{"blockVisibility":false}}""";

    private static string Paragraph(string text, string settings = "") =>
        $"<!-- wp:paragraph{settings} --><p>{text}</p><!-- /wp:paragraph -->";

    private static string Group(string inside, string settings = "") =>
        $"<!-- wp:group{settings} --><div class=\"wp-block-group\">{inside}</div><!-- /wp:group -->";

    private static Wxr Site(string content, params string[] others) => Wxr.Of([Wxr.Post("1", "A title", "a", content), .. others]);

    private static string Body(Wxr site) => (string)site.Get("article", "a")["bodyHtml"]!;

    [Theory]
    [InlineData("""{"metadata":{"blockVisibility":false}}""")]
    [InlineData("""{"metadata":{"name":"Later","blockVisibility":false,"categories":["x"]},"align":"wide"}""")]
    [InlineData("""{"metadata":{"visibility":false}}""")]
    [InlineData("""{"metadata":{"blockVisibility":{"viewport":{"mobile":false,"tablet":false,"desktop":false}}}}""")]
    public void A_block_that_its_editor_hid_goes_with_all_it_encloses(string settings)
    {
        var site = Site(
            Paragraph("Shown.") + Group(Paragraph("Hidden.") + Group(Paragraph("Deeper.")), " " + settings) + Paragraph("Shown too.")
        );
        Assert.Equal("<p>Shown.</p>\n<p>Shown too.</p>", Body(site));
        site.HasNote("left out, since it is not shown to everybody: 1 × block 'group' (hidden");
    }

    [Theory]
    [InlineData("""{"metadata":{"blockVisibility":true}}""")]
    [InlineData("""{"metadata":{"blockVisibility":null}}""")]
    [InlineData("""{"metadata":{"blockVisibility":{"viewport":{"mobile":false}}}}""")]
    [InlineData("""{"metadata":{"blockVisibility":{"viewport":{"mobile":false,"tablet":false,"desktop":true}}}}""")]
    [InlineData("""{"metadata":{"blockVisibility":{}}}""")]
    [InlineData("""{"metadata":{"name":"blockVisibility"},"content":"\"blockVisibility\":false"}""")]
    [InlineData("""{"metadata":[false]}""")]
    [InlineData("""{"metadata":"blockVisibility"}""")]
    public void What_is_hidden_on_some_screens_only_or_not_at_all_stays(string settings)
    {
        var site = Site(Paragraph("Shown.", " " + settings));
        Assert.Equal("<p>Shown.</p>", Body(site));
        Assert.DoesNotContain(site.Export.Notes, note => note.Text.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_note_names_the_item_and_what_went()
    {
        var site = Site(Paragraph("A.", Flag) + Paragraph("B.", Flag) + Group("C.", Flag));
        var note = Assert.Single(site.Export.Notes, note => note.Text.StartsWith("left out", StringComparison.Ordinal));
        Assert.Equal(
            (1, "left out, since it is not shown to everybody: 2 × block 'paragraph' (hidden); 1 × block 'group' (hidden)"),
            (note.Item, note.Text)
        );
        Assert.True(note.Line > 0);
    }

    [Fact]
    public void A_synced_pattern_is_hidden_where_it_is_shown_and_hides_what_is_in_it()
    {
        var pattern = Wxr.Post("7", "Callout", "callout", Paragraph("Open.") + Paragraph("Hidden.", Flag), type: "wp_block");
        var site = Site(
            """<!-- wp:block {"ref":7} /-->"""
                + """<!-- wp:block {"ref":7,"metadata":{"blockVisibility":false}} /-->"""
                + Group("""<!-- wp:core/block {"ref":7} /-->""", Flag),
            pattern
        );
        Assert.Equal("<p>Open.</p>", Body(site));
        site.HasNote("1 × block 'block' (hidden)");
    }

    [Fact]
    public void Hidden_text_does_not_come_out_by_ends_that_a_pattern_has_too_many_of()
    {
        var pattern = Wxr.Post("7", "Broken", "broken", "x<!-- /wp:group --><!-- /wp:group -->", type: "wp_block");
        Assert.Equal(
            "<p>After.</p>",
            Body(Site(Group("""<!-- wp:block {"ref":7} /-->""" + Paragraph("Hidden."), Flag) + Paragraph("After."), pattern))
        );
        Assert.Equal(
            "<p>After.</p>",
            Body(
                Site(
                    """<!-- wp:block {"ref":8} /-->""" + Paragraph("After."),
                    Wxr.Post("8", "Open end", "open", Group("Hidden.", Flag)[..^"<!-- /wp:group -->".Length], type: "wp_block")
                )
            )
        );
    }

    [Theory]
    [InlineData("<!-- wp:a/b ", " --> X <!-- wp:a/c --> Y <!-- /wp:a/b --> Z <!-- /wp:a/c --> W", "W")]
    [InlineData("<!-- wp:a/b ", " --> X <!-- wp:a/c --> Y <!-- /wp:a/b --> Z", "")]
    [InlineData("<!-- wp:a/b ", " --> X <!--/wp:a/b--> Y <!-- /wp:a/b--> Z <!-- /wp:a/b --> W", "W")]
    [InlineData("<!-- wp:a/b ", " --> X <!-- wp:c /--> Y <!-- /wp:c /--> Z <!-- /WP:a/b --> V <!-- /wp:a/b {\"x\":1} --> W", "W")]
    [InlineData("<!-- wp:a/b ", " /--> W", "W")]
    [InlineData("<!--\n\twp:a/b\r\n", "\n--> X <!-- /wp:whatever -->W", "W")]
    [InlineData("<!-- wp:a/b ", " --> X", "")]
    public void Blocks_end_where_WordPress_ends_them(string begin, string rest, string shown) =>
        Assert.Equal(shown, HiddenText.Cut(begin + Flag.Trim() + rest, HiddenRules.None, new HiddenParts()).Trim());

    [Fact]
    public void A_comment_may_stand_in_the_settings_of_a_block() =>
        Assert.Equal(
            "W",
            HiddenText.Cut(
                """<!-- wp:a {"note":"a --> b","metadata":{"blockVisibility":false}} --> X <!-- /wp:a -->W""",
                HiddenRules.None,
                new HiddenParts()
            )
        );

    [Theory]
    [InlineData("""{"blockVisibility":{"hideBlock":true}}""")]
    [InlineData("""{"hideBlock":true}""")]
    [InlineData(
        """{"blockVisibility":{"controlSets":[{"id":1,"enable":true,"controls":{"userRole":{"visibilityByRole":"logged-in"}}}]}}"""
    )]
    [InlineData(
        """{"blockVisibility":{"controlSets":[{"id":1,"controls":{"dateTime":{"schedules":[{"enable":true,"start":"2024-01-01T00:00:00"}]}}}]}}"""
    )]
    [InlineData(
        """{"advgbBlockControls":[{"control":"schedule","enabled":false},{"control":"user_role","enabled":true,"roles":["editor"]}]}"""
    )]
    [InlineData("""{"blockPermissionsType":"role","blockPermissionsCondition":"=","blockPermissionsRoles":["editor"]}""")]
    [InlineData("""{"blockPermissionsType":"user-status","blockPermissionsCondition":"=","blockPermissionsUserStatus":"logged-in"}""")]
    [InlineData("""{"conditionalBlocks":[[{"type":"userLoggedIn"}]]}""")]
    [InlineData("""{"contentControls":{"enabled":true,"rules":{"user":{"userStatus":"logged_in","userRoles":[]}}}}""")]
    [InlineData("""{"gbBlockCondition":"42"}""")]
    [InlineData("""{"kadenceConditional":{"postData":{"enable":true}}}""")]
    [InlineData("""{"llms_visibility":"enrolled"}""")]
    [InlineData("""{"newspackAccessControlMode":"gate","newspackAccessControlGateIds":[7]}""")]
    [InlineData("""{"newspackAccessControlMode":"custom","newspackAccessControlRules":{"registration":{"active":true}}}""")]
    [InlineData("""{"otterConditions":[[{"type":"loggedInUser"}]]}""")]
    [InlineData("""{"pmsContentRestriction":{"subscriptionPlans":["3"],"display_to":""}}""")]
    [InlineData("""{"UAGDisplayConditions":"userstate","UAGLoggedOut":true}""")]
    [InlineData("""{"um_is_restrict":true,"um_who_access":"1"}""")]
    [InlineData("""{"visibilityBlockEnabled":true,"segment":"specific","levels":["1"]}""")]
    [InlineData("""{"module":{"decoration":{"disabledOn":{"desktop":{"value":"on"},"tablet":{"value":"on"},"phone":{"value":"on"}}}}}""")]
    [InlineData("""{"metadata":{"blockVisibility":false},}""")]
    [InlineData("""{"a\ud800":1,"gbBlockCondition":"\ud800"}""")]
    public void What_plugins_show_to_some_readers_only_goes(string settings)
    {
        var site = Site(Paragraph("Shown.") + Paragraph("Hidden.", " " + settings));
        Assert.Equal("<p>Shown.</p>", Body(site));
        site.HasNote("1 × block 'paragraph' (");
    }

    [Theory]
    [InlineData("""{"blockVisibility":{"hideBlock":false}}""")]
    [InlineData(
        """{"blockVisibility":{"controlSets":[{"id":1,"enable":true,"controls":{"screenSize":{"hideOnScreenSize":{"small":true}}}}]}}"""
    )]
    [InlineData(
        """{"blockVisibility":{"controlSets":[{"id":1,"enable":false,"controls":{"userRole":{"visibilityByRole":"logged-in"}}}]}}"""
    )]
    [InlineData("""{"blockVisibility":{"controlSets":[{"id":1,"controls":{"userRole":{"visibilityByRole":"logged-out"}}}]}}""")]
    [InlineData("""{"advgbBlockControls":[]}""")]
    [InlineData("""{"blockPermissionsType":"user-status","blockPermissionsCondition":"!=","blockPermissionsUserStatus":"logged-in"}""")]
    [InlineData("""{"conditionalBlocks":[],"conditionalBlocksAttributes":{},"otterConditions":[[]]}""")]
    [InlineData("""{"contentControls":{"enabled":false,"rules":{"user":{"userStatus":"logged_in"}}}}""")]
    [InlineData("""{"contentControls":{"enabled":true,"rules":{"device":{"onMobile":false}}}}""")]
    [InlineData("""{"llms_visibility":"logged_out"}""")]
    [InlineData("""{"newspackAccessControlGateIds":[],"newspackAccessControlRules":{"registration":{"active":false}}}""")]
    [InlineData("""{"pmsContentRestriction":{"subscriptionPlans":["3"],"display_to":"not_logged_in"}}""")]
    [InlineData("""{"UAGDisplayConditions":"userstate","UAGLoggedIn":true}""")]
    [InlineData("""{"um_is_restrict":true,"um_who_access":"2"}""")]
    [InlineData("""{"visibilityBlockEnabled":true,"invert_restrictions":"1"}""")]
    [InlineData("""{"module":{"decoration":{"disabledOn":{"desktop":{"value":"off"},"phone":{"value":"on"}}}}}""")]
    public void What_plugins_show_to_all_or_to_visitors_stays(string settings) =>
        Assert.Equal("<p>Shown.</p>", Body(Site(Paragraph("Shown.", " " + settings))));

    [Theory]
    [InlineData("pmpro/membership", "")]
    [InlineData("memberpress/protected-content", """ {"rule":5}""")]
    [InlineData("woocommerce-memberships/member-content", "")]
    [InlineData("groups/groups-member", """ {"group":"Registered"}""")]
    [InlineData("premium-content/container", "")]
    [InlineData("learndash/ld-student", "")]
    [InlineData("acme/private-notes", "")]
    public void Blocks_for_members_go(string name, string settings)
    {
        var site = Site(Paragraph("Shown.") + $"<!-- wp:{name}{settings} --><div>{Paragraph("Hidden.")}</div><!-- /wp:{name} -->");
        Assert.Equal("<p>Shown.</p>", Body(site));
        site.HasNote($"1 × block '{name}' (for some readers only)");
    }

    [Theory]
    [InlineData("woocommerce-memberships/non-member-content", "")]
    [InlineData("pmpro/membership", """ {"invert_restrictions":"1"}""")]
    [InlineData("acme/team-member", "")]
    [InlineData("jetpack/subscriptions", "")]
    public void Blocks_for_visitors_stay(string name, string settings) =>
        Assert.Equal("<p>Shown.</p>", Body(Site($"<!-- wp:{name}{settings} -->{Paragraph("Shown.")}<!-- /wp:{name} -->")));

    [Fact]
    public void What_follows_a_paywall_goes() =>
        Assert.Equal(
            "<p>Teaser.</p>",
            Body(Site(Group(Paragraph("Teaser.")) + "<!-- wp:jetpack/paywall /-->" + Paragraph("Paid.") + Group(Paragraph("Paid, too."))))
                .Replace("<div class=\"wp-block-group\">", "")
                .Replace("</div>", "")
        );

    [Fact]
    public void What_a_list_shows_when_it_is_empty_goes()
    {
        var site = Site(
            Paragraph("Start.")
                + "<!-- wp:query {\"queryId\":1} --><div class=\"wp-block-query\"><!-- wp:query-no-results -->"
                + Paragraph("Nothing yet.")
                + "<!-- /wp:query-no-results --></div><!-- /wp:query -->"
                + Paragraph("End.")
        );
        Assert.Equal("<p>Start.</p>\n<div class=\"wp-block-query\"></div>\n<p>End.</p>", Body(site));
        site.HasNote("1 × block 'query-no-results' (shown when a list is empty)");
    }

    [Fact]
    public void A_pair_of_blocks_around_others_hides_what_is_between_them()
    {
        const string Start =
            """<!-- wp:pms/content-restriction-start {"pmsContentRestriction":{"display_to":""}} -->[pms-restrict]<!-- /wp:pms/content-restriction-start -->""";
        const string End = "<!-- wp:pms/content-restriction-end -->[/pms-restrict]<!-- /wp:pms/content-restriction-end -->";
        Assert.Equal(
            "<p>Before.</p>\n<p>After.</p>",
            Body(Site(Paragraph("Before.") + Start + Paragraph("Hidden.") + End + Paragraph("After.")))
        );
    }

    [Fact]
    public void Teasers_and_pages_of_a_text_are_public() =>
        Assert.Equal(
            "<p>Teaser.</p>\n<p>Page one.</p>\n<p>Page two.</p>",
            Body(
                    Site(
                        Paragraph("Teaser.")
                            + "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->"
                            + Paragraph("Page one.")
                            + "<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->"
                            + Paragraph("Page two.")
                    )
                )
                .Replace("\n\n", "\n")
        );

    [Fact]
    public void A_mapping_file_comes_before_names()
    {
        const string Mapping = """{ "blocks": { "acme/insiders": "hide", "acme/premium-content": "show", "core/quote": "hide" } }""";
        var content = string.Concat(
            new[] { "acme/insiders", "acme/premium-content", "quote" }.Select(name => $"<!-- wp:{name} --><p>{name}</p><!-- /wp:{name} -->")
        );
        Assert.Equal("<p>acme/premium-content</p>", Body(Wxr.Mapped(Mapping, Wxr.Post("1", slug: "a", content: content))));
    }

    [Fact]
    public void A_title_made_of_the_text_is_made_of_what_is_shown()
    {
        var site = Wxr.Of(
            Wxr.Post("1", "", "a", Paragraph("Hidden words.", Flag) + "[restrict]More hidden words.[/restrict]" + Paragraph("Shown words."))
        );
        Assert.Equal("Shown words.", (string?)site.Get("article", "a")["title"]);
        Assert.DoesNotContain(site.Export.Notes, note => note.Text.Contains("idden words", StringComparison.Ordinal));
    }
}
