using System.Text.Json.Nodes;
using Api.Import.Html;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Values;

namespace Api.Tests.Import.WordPress.Live;

public sealed class LiveTextTests : IDisposable
{
    private const string Number = "<p>Grain fell<sup data-fn=\"b1\" class=\"fn\"><a href=\"#b1\" id=\"b1-link\">1</a></sup>.</p>";

    private readonly string folder = Directory.CreateTempSubdirectory("live").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Footnotes_and_bound_fields_of_a_text_as_written_are_those_of_the_file()
    {
        const string text =
            Number
            + "<!-- wp:footnotes /--><!-- wp:paragraph {\"metadata\":{\"bindings\":{\"content\":{\"source\":\"core/post-meta\",\"args\":{\"key\":\"finding\"}}}}} --><p>Stand-in</p><!-- /wp:paragraph -->";
        const string notes = """[{"content":"Mill <em>ledger</em>.","id":"b1"}]""";
        var live = await Article(post =>
        {
            post["content"] = new JsonObject { ["raw"] = text };
            post["meta"] = new JsonObject
            {
                ["footnotes"] = notes,
                ["finding"] = "Salt.",
                ["other"] = "Unread.",
            };
        });
        var file = Wxr.Of(Wxr.Post("1", slug: "post-1", content: text, more: Wxr.Meta("footnotes", notes) + Wxr.Meta("finding", "Salt.")));
        Assert.Contains("Mill <em>ledger</em>.", (string?)live["bodyHtml"], StringComparison.Ordinal);
        Assert.Equal((string?)file.Get("article", "post-1")["bodyHtml"], (string?)live["bodyHtml"]);
    }

    [Fact]
    public async Task Footnotes_that_the_site_has_filled_in_stand_once()
    {
        var article = await Article(post =>
        {
            post["content"] = new JsonObject
            {
                ["rendered"] = Number + "<ol class=\"wp-block-footnotes\"><li id=\"b1\">Mill ledger. <a href=\"#b1-link\">↩︎</a></li></ol>",
            };
            post["meta"] = new JsonObject { ["footnotes"] = """[{"content":"Mill ledger.","id":"b1"}]""" };
        });
        Assert.Equal(2, ((string)article["bodyHtml"]!).Split("Mill ledger.").Length);
    }

    [Fact]
    public async Task Teasers_of_other_posts_and_what_plugins_add_are_no_part_of_a_text()
    {
        var article = await Article(post =>
        {
            post["content"] = new JsonObject
            {
                ["rendered"] = """
                    <p>Start.</p><div class="wp-block-query is-layout-flow"><p>Read also:</p><ul class="columns-3 wp-block-post-template"><li class="wp-block-post post-7"><h2 class="wp-block-post-title"><a href="/x">NEVER one</a></h2>
                    <div class="wp-block-post-excerpt"><p>NEVER two</p></div></li></ul><nav class="wp-block-query-pagination"><a>NEVER three</a></nav></div>
                    <ul class="wp-block-latest-posts__list wp-block-latest-posts"><li><a href="/y">NEVER four</a></li></ul><form class="wp-block-search"><label>NEVER five</label></form>
                    <p>End.</p><div class="sharedaddy sd-sharing-enabled"><h3>NEVER six</h3></div><div class="jp-relatedposts"><p>NEVER seven</p></div>
                    """,
            };
            post["excerpt"] = new JsonObject { ["rendered"] = "<p>Start. Read also: End.</p>" };
        });
        Assert.DoesNotContain("NEVER", article.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            "Start. Read also: End.",
            PlainText.Of((string)article["bodyHtml"]!.ToString().Replace("</p>", "</p> ", StringComparison.Ordinal))
        );
        Assert.Equal("", (string?)article["summary"]);
    }

    [Theory]
    // A pattern, whose pieces the excerpt lacks.
    [InlineData(
        "<p>Before it all began.</p><h3>Own title</h3><p>Own text, long enough to be most of all that is here to be read.</p><p>After it.</p>",
        "Before it all began. After it.",
        ""
    )]
    [InlineData(
        Number
            + "<ol class=\"wp-block-footnotes\"><li id=\"b1\">A ledger that says a lot more than the text itself does.</li></ol><p>The end.</p>",
        "Grain fell. The end.",
        ""
    )]
    [InlineData(
        "<div class=\"wp-block-group is-layout-flow\"><p>Within &#8220;it&#8221;.</p><ul class=\"wp-block-list\"><li>One of many words that are left out</li></ul></div><p>End.</p>",
        "Within \"it\". End.",
        ""
    )]
    [InlineData(
        "<figure class=\"wp-block-table\"><table><tr><th>Port</th><th>Cost</th></tr></table><figcaption>Costs</figcaption></figure><figure class=\"wp-block-playlist\"><ol><li>A long list of things to hear</li></ol></figure>",
        "Port Cost Costs",
        ""
    )]
    [InlineData("<p>One.</p><!--more--><p>Two, which is much longer than one was.</p>", "One.", "")]
    // Somebody took the first paragraph, or some of its words.
    [InlineData(
        "<p>Grain is dear.</p><p>It was not always so, and need not stay so for as long as it takes.</p>",
        "Grain is dear.",
        "<p>Grain is dear.</p>"
    )]
    [InlineData(
        "<p>Grain is dear in spring, and in autumn it is not.</p><p>It was not always so at all.</p>",
        "Grain is dear",
        "<p>Grain is dear</p>"
    )]
    public async Task An_excerpt_that_WordPress_made_of_whole_pieces_is_no_summary(string text, string excerpt, string summary)
    {
        var article = await Article(post =>
        {
            post["content"] = new JsonObject { ["rendered"] = text };
            post["excerpt"] = new JsonObject { ["rendered"] = $"<p>{excerpt}</p>" };
        });
        Assert.Equal(PlainText.Of(summary), (string?)article["summary"]);
    }

    [Fact]
    public async Task What_only_a_script_or_a_player_shows_is_put_into_words()
    {
        var article = await Article(post =>
            post["content"] = new JsonObject
            {
                ["rendered"] = """
                    <figure class="wp-block-playlist"><ol class="wp-block-playlist__tracklist"><li class="wp-block-playlist-track"><button class="wp-block-playlist-track__button"><span class="wp-block-playlist-track__content"><span class="wp-block-playlist-track__title">First &amp; best</span><span class="wp-block-playlist-track__artist">Ada</span></span><span class="wp-block-playlist-track__length"><span class="screen-reader-text">NEVER: </span>3:10</span></button></li></ol></figure>
                    <div class="wp-playlist wp-audio-playlist"><div class="wp-playlist-current-item"></div><audio controls="controls"></audio><noscript><ol><li><a href="https://site.example/a.mp3">NEVER</a></li></ol></noscript><script type="application/json" class="wp-playlist-script">{"type":"audio","tracks":[{"src":"https:\/\/site.example\/a.mp3","title":"A <talk>","meta":{"artist":"Vera"}},{"src":"https:\/\/site.example\/b.mp3","title":"B","meta":[]}]}</script></div>
                    <audio controls="controls"><source type="audio/mpeg" src="https://site.example/c.mp3?_=1" /><a href="https://site.example/c.mp3">c</a></audio>
                    <div class="components-placeholder"><div class="notice notice-error"><strong>NEVER:</strong> no feed</div></div><p>End.</p>
                    """,
            }
        );
        Assert.Equal(
            "<figure><ol><li>First &amp; best, Ada</li></ol></figure><ol><li>A &lt;talk&gt;, Vera<figure><audio src=\"https://site.example/a.mp3\" controls=\"\"></audio></figure></li><li>B<figure><audio src=\"https://site.example/b.mp3\" controls=\"\"></audio></figure></li></ol>"
                + "<audio controls=\"\" src=\"https://site.example/c.mp3\"></audio><p>End.</p>",
            BodyHtml.Clean((string)article["bodyHtml"]!, new Uri("https://site.example/"))!.Html.Replace("\n", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_field_that_the_site_shows_nowhere_leaves_the_stand_in_and_an_empty_one_does_not()
    {
        static string Bound(string key) =>
            $"<!-- wp:paragraph {{\"metadata\": {{\"bindings\": {{\"content\": {{\"source\":\"core/post-meta\",\"args\": {{\"key\":\"{key}\"}} }} }} }} }} --><p>Stand-in of {key}.</p><!-- /wp:paragraph -->";
        var article = await Article(post =>
        {
            post["content"] = new JsonObject { ["raw"] = Bound("unregistered") + Bound("empty") };
            post["meta"] = new JsonObject { ["empty"] = "" };
        });
        Assert.Equal("Stand-in of unregistered.", PlainText.Of((string)article["bodyHtml"]!));
    }

    private async Task<JsonObject> Article(Action<JsonObject> change)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        change(wordpress.Posts[0]);
        using var site = await LiveSite.Fetch(
            new LiveOptions
            {
                Site = wordpress.Address,
                Folder = folder,
                CustomFields = WordPressMapping.Default.CustomFields,
            },
            TimeProvider.System,
            null,
            TestContext.Current.CancellationToken
        );
        return WordPressExport
            .Read(_ => site.Read(), WordPressMapping.Default, TestContext.Current.CancellationToken)
            .Lines(TestContext.Current.CancellationToken)
            .Single(line => (string?)line.Value["resource"] == "article")
            .Value;
    }
}
