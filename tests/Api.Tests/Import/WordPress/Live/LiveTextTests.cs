using System.Text.Json.Nodes;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;

namespace Api.Tests.Import.WordPress.Live;

public sealed class LiveTextTests : IDisposable
{
    private const string Number = "<p>Grain fell<sup data-fn=\"b1\" class=\"fn\"><a href=\"#b1\" id=\"b1-link\">1</a></sup>.</p>";

    private readonly string _folder = Directory.CreateTempSubdirectory("live").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Footnotes_and_bound_fields_of_a_text_as_written_are_those_of_the_file()
    {
        const string text = Number + "<!-- wp:footnotes /--><!-- wp:paragraph {\"metadata\":{\"bindings\":{\"content\":{\"source\":\"core/post-meta\",\"args\":{\"key\":\"finding\"}}}}} --><p>Stand-in</p><!-- /wp:paragraph -->";
        const string notes = """[{"content":"Mill <em>ledger</em>.","id":"b1"}]""";
        var live = await Article(post =>
        {
            post["content"] = new JsonObject { ["raw"] = text };
            post["meta"] = new JsonObject { ["footnotes"] = notes, ["finding"] = "Salt.", ["other"] = "Unread." };
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
            post["content"] = new JsonObject { ["rendered"] = Number + "<ol class=\"wp-block-footnotes\"><li id=\"b1\">Mill ledger. <a href=\"#b1-link\">↩︎</a></li></ol>" };
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
        Assert.Equal("Start. Read also: End.", PlainText.Of((string)article["bodyHtml"]!.ToString().Replace("</p>", "</p> ", StringComparison.Ordinal)));
        Assert.Equal("", (string?)article["summary"]);
    }

    private async Task<JsonObject> Article(Action<JsonObject> change)
    {
        await using var wordpress = await PretendWordPress.Start(posts: 1);
        change(wordpress.Posts[0]);
        using var site = await LiveSite.Fetch(
            new LiveOptions { Site = wordpress.Address, Folder = _folder, CustomFields = WordPressMapping.Default.CustomFields }, TimeProvider.System, null, TestContext.Current.CancellationToken);
        return WordPressExport.Read(_ => site.Read(), WordPressMapping.Default, TestContext.Current.CancellationToken).Lines(TestContext.Current.CancellationToken)
            .Single(line => (string?)line.Value["resource"] == "article").Value;
    }
}
