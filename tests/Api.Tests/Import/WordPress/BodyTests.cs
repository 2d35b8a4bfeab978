namespace Api.Tests.Import.WordPress;

public class BodyTests
{
    private static readonly string Quay = Wxr.Post(
        "7",
        "Quay",
        type: "attachment",
        status: "inherit",
        more: "<wp:attachment_url>https://site.example/up/quay.png</wp:attachment_url>"
            + Wxr.Meta("_wp_attachment_metadata", """a:2:{s:5:"width";i:1200;s:6:"height";i:800;}""")
    );

    private static string Body(string content) =>
        (string)Wxr.Of(Quay, Wxr.Post("1", slug: "a", content: content)).Get("article", "a")["bodyHtml"]!;

    [Theory]
    [InlineData(
        """<img src="https://site.example/up/quay.png" class="wp-image-7">""",
        """<img width="1200" height="800" src="https://site.example/up/quay.png" class="wp-image-7">"""
    )]
    [InlineData(
        """<img class="size-medium wp-image-7" src="https://site.example/up/quay-300x200.png">""",
        """<img width="300" height="200" class="size-medium wp-image-7" src="https://site.example/up/quay-300x200.png">"""
    )]
    [InlineData(
        """<img src="https://site.example/up/quay.png" class="wp-image-7" width="60">""",
        """<img src="https://site.example/up/quay.png" class="wp-image-7" width="60">"""
    )]
    [InlineData(
        """<img src="https://site.example/up/other.png" class="wp-image-8">""",
        """<img src="https://site.example/up/other.png" class="wp-image-8">"""
    )]
    public void A_picture_of_the_library_gets_its_size_as_in_WordPress(string picture, string expected) =>
        Assert.Contains(expected, Body($"<figure>{picture}</figure>"), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "<iframe src=\"https://charts.example/1\"></iframe>",
        "1 × frame left out: pages of 'charts.example' are not shown within others (in item 1)"
    )]
    [InlineData("<script src=\"https://charts.example/embed.js\"></script>", "1 × script left out: a body holds no 'script' (in item 1)")]
    [InlineData(
        "<video src=\"https://site.example/a.mp4\"><track src=\"a.vtt\"></video>",
        "1 × subtitles left out: a body has none (in item 1)"
    )]
    public void What_a_body_cannot_hold_is_noted(string html, string note) => Wxr.Of(Wxr.Post("1", slug: "a", content: html)).HasNote(note);

    [Theory]
    [InlineData("<iframe src=\"https://www.youtube.com/embed/abcdefghijk\"></iframe>")]
    [InlineData("<iframe src=\"about:blank\" data-src=\"//player.vimeo.com/video/12345\"></iframe>")]
    public void A_frame_that_is_shown_is_not_noted(string html) =>
        Assert.DoesNotContain(
            Wxr.Of(Wxr.Post("1", slug: "a", content: html)).Export.Notes,
            note => note.Text.Contains("frame", StringComparison.Ordinal)
        );
}
