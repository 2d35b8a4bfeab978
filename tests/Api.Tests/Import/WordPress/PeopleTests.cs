namespace Api.Tests.Import.WordPress;

public class PeopleTests
{
    private static string Guest(string id, string login, string name, string more = "") =>
        Wxr.Post(
            id,
            name,
            $"cap-{login}",
            "",
            "draft",
            "guest-author",
            more: Wxr.Meta("cap-user_login", login)
                + Wxr.Meta("cap-display_name", name)
                + Wxr.Meta("cap-user_email", "nobody@site.example")
                + more
        );

    private static string By(string login) => $"<category domain=\"author\" nicename=\"cap-{login}\"><![CDATA[{login}]]></category>";

    [Fact]
    public void A_guest_author_may_come_after_the_post_that_names_them()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "a", more: By("vera-stone")),
            Guest("2", "vera-stone", "Vera Stone", Wxr.Meta("cap-last_name", "Stone"))
        );
        var vera = site.Get("expert", "vera-stone");
        Assert.Equal("Vera Stone", (string?)vera["name"]);
        Assert.Equal("Stone", (string?)vera["familyName"]);
        Assert.Equal("published", (string?)vera["publicationStatus"]);
    }

    [Fact]
    public void A_guest_author_has_their_biography_website_and_picture()
    {
        var picture = Wxr.Post(
            "9",
            "Portrait",
            "portrait",
            "",
            "inherit",
            "attachment",
            more: "<wp:attachment_url>https://site.example/v.jpg</wp:attachment_url>"
        );
        var site = Wxr.Of(
            Guest(
                "2",
                "vera",
                "Vera Stone",
                Wxr.Meta("cap-description", "Vera writes.")
                    + Wxr.Meta("cap-website", "https://vera.example")
                    + Wxr.Meta("_thumbnail_id", "9")
            ),
            Wxr.Post("1", slug: "a", more: By("vera")),
            picture
        );
        var vera = site.Get("expert", "vera-stone");
        Assert.Equal("<p>Vera writes.</p>", ((string?)vera["bioHtml"])?.Trim());
        Assert.Equal("https://vera.example/", (string?)vera["profiles"]![0]!["url"]);
        Assert.Equal("https://site.example/v.jpg", (string?)vera["photo"]!["url"]);
        Assert.DoesNotContain("@", site.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_guest_author_who_is_a_user_as_well_is_one_person(bool guestFirst)
    {
        var guest = Guest("2", "vera-guest", "Vera Stone", Wxr.Meta("cap-linked_account", "ada"));
        var post = Wxr.Post("1", slug: "a", more: By("vera-guest"));
        var site = Wxr.Of(guestFirst ? [guest, post] : [post, guest]);
        Assert.Equal("Vera Stone", (string?)Assert.Single(site.All("expert"))["name"]);
        Assert.Equal("vera-stone", (string?)Assert.Single(site.Get("article", "a")["experts"]!.AsArray())!["slug"]);
    }

    [Fact]
    public void Authors_of_PublishPress_Authors_are_terms_with_fields()
    {
        static string TermMeta(string key, string value) =>
            $"<wp:termmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:termmeta>";
        var site = Wxr.Of(
            $"<wp:term><wp:term_id>7</wp:term_id><wp:term_taxonomy>author</wp:term_taxonomy><wp:term_slug>mina</wp:term_slug><wp:term_name>Mina Okafor</wp:term_name>{TermMeta("description", "Mina counts ships.")}{TermMeta("user_email", "mina@site.example")}{TermMeta("user_url", "https://mina.example/")}</wp:term>",
            Wxr.Post("1", slug: "a", more: "<category domain=\"author\" nicename=\"mina\"><![CDATA[Mina Okafor]]></category>")
        );
        var mina = site.Get("expert", "mina-okafor");
        Assert.Equal("<p>Mina counts ships.</p>", ((string?)mina["bioHtml"])?.Trim());
        Assert.Equal("https://mina.example/", (string?)mina["profiles"]![0]!["url"]);
        Assert.DoesNotContain("mina@", site.Json, StringComparison.Ordinal);
    }
}
