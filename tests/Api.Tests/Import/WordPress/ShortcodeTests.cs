using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Body;
using Api.Import.WordPress.Output;

namespace Api.Tests.Import.WordPress;

public class ShortcodeTests
{
    private readonly WordPressNotes notes = new();

    private string Render(string text) =>
        new WordPressShortcodes(new WordPressAttachments(), new WordPressFootnotes(), "1", notes).Render(text).Trim();

    [Theory]
    [InlineData("He said so [sic] in [1].")]
    [InlineData("[emphasis added]")]
    [InlineData("[...]")]
    [InlineData("a[i] = b[j]")]
    public void Words_in_brackets_stay(string text) => Assert.Equal(text, Render(text));

    [Fact]
    public void Plugin_shortcodes_go_and_what_they_enclose_stays()
    {
        Assert.Equal("before inner after", Render("before [box color=\"red\"]inner[/box] after"));
        Assert.Equal("before  after", Render("before [contact-form-7 id=\"3\" title=\"x\"] after"));
        Assert.Contains(notes.List(), n => n.Text == "1 × shortcode [box] taken out, what it encloses is kept");
    }

    [Fact]
    public void Doubled_brackets_show_the_shortcode() => Assert.Equal("[gallery]", Render("[[gallery]]"));

    [Fact]
    public void Sound_gets_a_player() =>
        Assert.Equal(
            "<figure><audio src=\"https://site.example/talk.mp3\" controls></audio></figure>",
            Render("[audio https://site.example/talk.mp3]")
        );

    [Fact]
    public void A_film_keeps_its_poster() =>
        Assert.Equal(
            "<figure><video poster=\"https://site.example/a.png?x=1&amp;y=2\" src=\"https://site.example/a.mp4\" controls></video></figure>",
            Render("[video mp4=\"https://site.example/a.mp4\" poster=\"https://site.example/a.png?x=1&amp;y=2\"][/video]")
        );

    [Fact]
    public void A_playlist_shows_the_sounds_that_it_names()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "a", content: "[playlist ids=\"2,3,4\"]"),
            Wxr.Post(
                "3",
                "Second &amp; last",
                type: "attachment",
                status: "inherit",
                more: "<wp:attachment_url>https://site.example/b.mp3</wp:attachment_url>"
            ),
            Wxr.Post(
                "2",
                "First",
                type: "attachment",
                status: "inherit",
                more: "<wp:attachment_url>https://site.example/a.mp3</wp:attachment_url>"
                    + Wxr.Meta(
                        "_wp_attachment_metadata",
                        """a:3:{s:6:"artist";s:16:"Ada "Moro" Morea";s:5:"album";s:5:"Tolls";s:6:"length";i:190;}"""
                    )
            )
        );
        Assert.Equal(
            "<ol><li>First, Ada &quot;Moro&quot; Morea, Tolls<figure><audio src=\"https://site.example/a.mp3\" controls></audio></figure></li><li>Second &amp; last<figure><audio src=\"https://site.example/b.mp3\" controls></audio></figure></li></ol>",
            ((string)site.Get("article", "a")["bodyHtml"]!).Replace("\n", "", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(site.Export.Notes, note => note.Text.Contains("playlist", StringComparison.Ordinal));
    }

    [Fact]
    public void Embedded_addresses_become_links_or_players()
    {
        Assert.Equal(
            "<p><a href=\"https://site.example/?a=1&amp;b=2\">https://site.example/?a=1&amp;b=2</a></p>",
            Render("[embed]https://site.example/?a=1&amp;b=2[/embed]")
        );
        Assert.Contains(
            "youtube-nocookie.com/embed/abcdefghijk",
            Render("[youtube https://youtu.be/abcdefghijk]"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Old_captions_in_an_attribute_are_kept() =>
        Assert.Equal(
            "<figure><img src=\"x\"><figcaption>Noon</figcaption></figure>",
            Render("[caption width=\"5\" caption=\"Noon\"]<img src=\"x\">[/caption]")
        );

    [Fact]
    public void A_gallery_shows_the_pictures_of_its_post()
    {
        var site = Wxr.Of(
            Wxr.Post("1", slug: "a", content: "[gallery]"),
            Wxr.Post(
                "2",
                "Noon",
                type: "attachment",
                status: "inherit",
                more: "<wp:post_parent>1</wp:post_parent><wp:attachment_url>https://site.example/noon.png</wp:attachment_url>"
            )
        );
        Assert.Equal(
            "<figure><img src=\"https://site.example/noon.png\" alt=\"\"></figure>",
            ((string)site.Get("article", "a")["bodyHtml"]!).Trim()
        );
    }
}
