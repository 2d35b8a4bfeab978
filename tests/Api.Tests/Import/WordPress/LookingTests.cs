using System.Text;
using Api.Import.WordPress.Looking;
using Api.Import.WordPress.Mapping;

namespace Api.Tests.Import.WordPress;

public class LookingTests
{
    private static readonly string[] Site =
    [
        "<title>Harbor Institute</title>",
        "<wp:author><wp:author_id>7</wp:author_id><wp:author_login>ada</wp:author_login></wp:author>",
        "<wp:term><wp:term_id>12</wp:term_id><wp:term_taxonomy>research_area</wp:term_taxonomy><wp:term_slug>levant</wp:term_slug><wp:term_name>Levant</wp:term_name></wp:term>",
        Wxr.Post("38", "Amal Haddad", "amal", type: "colleague_profile", more: Wxr.Meta("job_title", "Fellow") + Wxr.Meta("headshot", "9")),
        Wxr.Post(
            "6",
            "Port costs",
            "port-costs",
            "",
            "inherit",
            "attachment",
            more: "<wp:attachment_url>https://site.example/port-costs.pdf</wp:attachment_url>"
        ),
        Wxr.Post(
            "9",
            "Portrait",
            "portrait",
            "",
            "inherit",
            "attachment",
            more: "<wp:attachment_url>https://site.example/p.jpg</wp:attachment_url>"
        ),
        Wxr.Post(
            "40",
            "Sea lanes",
            "sea-lanes",
            type: "talk",
            more: Wxr.Meta("start_time", "2025-06-10 18:30")
                + Wxr.Meta("end_time", "2025-06-10 20:00")
                + Wxr.Meta("venue", "Hall 2")
                + Wxr.Meta("speakers_0_person", "38")
        ),
        Wxr.Post(
            "41",
            "Analysed",
            "analysed",
            type: "deep_dive",
            more: Wxr.Meta("featured_experts", """a:1:{i:0;s:2:"38";}""") + Wxr.Meta("report_pdf", "6") + Wxr.Meta("region_term", "12")
        ),
        Wxr.Post(
            "42",
            "Plain",
            "plain",
            "[et_pb_text]x[/et_pb_text]",
            more: Wxr.Meta("featured_experts", """a:1:{i:0;s:2:"38";}""") + Wxr.Meta("rank_math_title", "x") + Wxr.Meta("secret", "xyzzy")
        ),
        Wxr.Post("43", "Form", type: "wpcf7_contact_form"),
    ];

    [Fact]
    public void A_proposal_explains_types_taxonomies_and_fields_and_works_as_it_is()
    {
        var proposal = new MappingProposal(Look(), new()).Write("harbor.xml");
        Assert.DoesNotContain("xyzzy", proposal, StringComparison.Ordinal);
        Assert.DoesNotContain("wpcf7", proposal, StringComparison.Ordinal);
        var site = Wxr.Mapped(proposal, Site);
        var talk = site.Get("event", "sea-lanes");
        Assert.Equal(
            ("2025-06-10T18:30:00Z", "2025-06-10T20:00:00Z", "Hall 2"),
            ((string?)talk["startsAt"], (string?)talk["endsAt"], (string?)talk["location"])
        );
        Assert.Equal("amal", (string?)talk["experts"]![0]!["slug"]);
        var amal = site.Get("expert", "amal");
        Assert.Equal(("Fellow", "https://site.example/p.jpg"), ((string?)amal["title"], (string?)amal["photo"]!["url"]));
        var deep = site.Get("article", "analysed");
        Assert.Equal(
            ("deep-dive", "levant", "https://site.example/port-costs.pdf", "amal"),
            ((string?)deep["type"], (string?)deep["topics"]![0], (string?)deep["files"]![0]!["url"], (string?)deep["experts"]![1]!["slug"])
        );
        Assert.Equal("Deep dive", (string?)site.Get("articleType", "deep-dive")["label"]);
        Assert.Equal("amal", (string?)site.Get("article", "plain")["experts"]![1]!["slug"]);
        Assert.DoesNotContain(
            site.Export.Notes,
            note =>
                note.Text.Contains("a mapping file can say", StringComparison.Ordinal)
                && !note.Text.Contains("wpcf7", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_proposal_keeps_what_a_mapping_says_already()
    {
        var given = WordPressMappingFile.Read(
            new MemoryStream("""{"postTypes": {"talk": {"to": "page"}}, "shortcodes": {"insiders": "hide"}}"""u8.ToArray())
        );
        var merged = WordPressMappingFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(new MappingProposal(Look(), given).Write("x"))));
        Assert.Equal("page", merged.PostTypes["talk"].To);
        Assert.Equal("hide", merged.Shortcodes["insiders"]);
        Assert.Equal("expert", merged.PostTypes["colleague_profile"].To);
    }

    [Fact]
    public void A_check_says_on_one_page_what_comes_and_what_does_not()
    {
        var page = SiteCheck.Write(Look(), ["yes  It is an export."], new(), isLive: false);
        Assert.Contains("post → articles", page, StringComparison.Ordinal);
        Assert.Contains("talk, such as “Sea lanes”", page, StringComparison.Ordinal);
        Assert.Contains("custom fields of deep_dive: ", page, StringComparison.Ordinal);
        Assert.Contains("Divi: ", page, StringComparison.Ordinal);
        Assert.Contains("Rank Math: ", page, StringComparison.Ordinal);
        Assert.Contains("Contact Form 7: forms do not come", page, StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy", page, StringComparison.Ordinal);
        Assert.True(page.Split('\n').Length < 66, page);
    }

    private static SiteLook Look() =>
        SiteLook.At(() => new MemoryStream(Encoding.UTF8.GetBytes(Wxr.Document(Site))), TestContext.Current.CancellationToken);
}
