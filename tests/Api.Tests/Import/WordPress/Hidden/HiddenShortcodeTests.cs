using Api.Import.WordPress.Hidden;
using Api.Import.WordPress.Wxr;

namespace Api.Tests.Import.WordPress.Hidden;

/// <summary>Shortcodes that show what they enclose to some readers only.</summary>
public class HiddenShortcodeTests
{
    private static string Cut(string text) => HiddenText.Cut(text, HiddenRules.None, new HiddenParts());

    [Theory]
    [InlineData("pmpro_membership", " level=\"1,2\"")]
    [InlineData("membership", "")]
    [InlineData("restrict", " paid=\"true\"")]
    [InlineData("wcm_restrict", " plans=\"gold\"")]
    [InlineData("mepr-active", " membership=\"7\"")]
    [InlineData("mepr-show", " rules=\"5\"")]
    [InlineData("members_access", " role=\"editor\"")]
    [InlineData("members_logged_in", "")]
    [InlineData("um_loggedin", "")]
    [InlineData("um_show_content", " roles='member'")]
    [InlineData("is_user_logged_in", "")]
    [InlineData("members_only", "")]
    [InlineData("private", "")]
    [InlineData("hide", "")]
    [InlineData("if", " logged_in")]
    [InlineData("s2If", " current_user_can(access_s2member_level1)")]
    [InlineData("groups_member", " group=\"Registered\"")]
    [InlineData("wlm_private", " \"Gold\"")]
    [InlineData("ihc-hide-content", " ihc_mb_who=\"2\"")]
    [InlineData("swpm_protected", " for=\"2-3\"")]
    [InlineData("su_private", "")]
    [InlineData("is_paid", "")]
    [InlineData("timed-content-client", " show=\"1:00\"")]
    [InlineData("box", " user_role=\"subscriber\"")]
    [InlineData("vc_row", " disable_element=\"yes\" el_class=\"x\"")]
    [InlineData("et_pb_section", " fb_built=\"1\" disabled=\"on\"")]
    [InlineData("et_pb_row", " disabled_on=\"on|on|on\"")]
    [InlineData("fusion_builder_container", " status=\"draft\"")]
    [InlineData("restrict", " message=\"see [here\"")]
    public void What_is_for_some_goes(string name, string attributes) =>
        Assert.Equal("before  after", Cut($"before [{name}{attributes}]hidden[/{name}] after"));

    [Theory]
    [InlineData("[members_not_logged_in]Sign in to read.[/members_not_logged_in]")]
    [InlineData("[wcm_nonmember]Join.[/wcm_nonmember]")]
    [InlineData("[um_loggedout]Hello.[/um_loggedout]")]
    [InlineData("[su_guests]Hello.[/su_guests]")]
    [InlineData("[visitor]Hello.[/visitor]")]
    [InlineData("[team_member name=\"Ada\"]A life.[/team_member]")]
    [InlineData("[drop_cap]A[/drop_cap]")]
    [InlineData("[heading level=\"2\"]Why[/heading]")]
    [InlineData("[hide_on_mobile]A wide table.[/hide_on_mobile]")]
    [InlineData("[eeb_protect_emails]ada [at] x[/eeb_protect_emails]")]
    [InlineData("[spoiler title=\"x\"]The end.[/spoiler]")]
    [InlineData("[et_pb_row disabled_on=\"on|off|off\"]x[/et_pb_row]")]
    [InlineData("[caption id=\"private\"]x[/caption]")]
    [InlineData("[private] and [sic] are words.")]
    [InlineData("[restrict /] public [/restrict]")]
    [InlineData("[[restrict]] shows how.[/restrict]")]
    [InlineData("<!-- [restrict] --> public [/restrict]")]
    [InlineData("[restrict] public [/Restrict]")]
    public void What_is_for_all_or_for_visitors_stays(string text) => Assert.Equal(text, Cut(text));

    [Theory]
    [InlineData("[restrict]a[restrict]b[/restrict]c[/restrict]d", "d")]
    [InlineData("[restrict]a[restrict]b[/restrict]c", "c")]
    [InlineData("[restrict]a <!-- [/restrict] --> b[/restrict]c", "c")]
    [InlineData("[restrict]a[restrict /]b[/restrict]c", "c")]
    [InlineData("[restrict]a[box]b[/restrict]c[/box]d", "c[/box]d")]
    [InlineData("a[restrict]b[/restrict]c[private]d[/private]e", "ace")]
    [InlineData("[if x]a[else]b[/if]c", "c")]
    [InlineData("[note see [restrict]a[/restrict]b", "[note see b")]
    public void They_end_where_the_last_that_began_ends(string text, string shown) => Assert.Equal(shown, Cut(text));

    [Fact]
    public void They_may_begin_in_one_block_and_end_in_another()
    {
        const string Shortcode = "<!-- wp:shortcode -->\n{0}\n<!-- /wp:shortcode -->\n";
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                content: "<!-- wp:paragraph --><p>Before.</p><!-- /wp:paragraph -->"
                    + Shortcode.Replace("{0}", "[restrict]", StringComparison.Ordinal)
                    + "<!-- wp:paragraph --><p>Hidden.</p><!-- /wp:paragraph -->"
                    + Shortcode.Replace("{0}", "[/restrict]", StringComparison.Ordinal)
                    + "<!-- wp:paragraph --><p>After.</p><!-- /wp:paragraph -->"
            )
        );
        Assert.Equal("<p>Before.</p>\n\n<p>After.</p>", (string?)site.Get("article", "a")["bodyHtml"]);
        site.HasNote("1 × shortcode [restrict] (for some readers only)");
    }

    [Fact]
    public void Classic_texts_have_them_too()
    {
        var site = Wxr.Of(Wxr.Post("1", slug: "a", content: "Before.\n\n[members_only]\nHidden.\n\nMore.\n[/members_only]\n\nAfter."));
        Assert.Equal("<p>Before.</p>\n<p>After.</p>", (string?)site.Get("article", "a")["bodyHtml"]);
    }

    [Fact]
    public void A_mapping_file_comes_before_names()
    {
        const string Mapping = """{ "shortcodes": { "insiders": "hide", "premium_box": "show" } }""";
        var site = Wxr.Mapped(
            Mapping,
            Wxr.Post("1", slug: "a", content: "Before.[insiders]Hidden.[/insiders][premium_box]Shown.[/premium_box]")
        );
        Assert.Equal("<p>Before.Shown.</p>", (string?)site.Get("article", "a")["bodyHtml"]);
    }

    [Theory]
    [InlineData("""{ "shortcodes": { "x": "perhaps" } }""", "shortcodes.x")]
    [InlineData("""{ "blocks": { "a/b": null } }""", "blocks")]
    public void A_mapping_file_says_hide_or_show(string mapping, string place) =>
        Assert.Contains(place, Assert.Throws<WordPressFileException>(() => Wxr.Mapping(mapping)).Message, StringComparison.Ordinal);
}
