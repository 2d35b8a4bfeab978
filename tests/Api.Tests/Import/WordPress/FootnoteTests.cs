using System.Globalization;
using Api.Import.Html;

namespace Api.Tests.Import.WordPress;

public class FootnoteTests
{
    private static string Number(string id, int number) =>
        $"""<sup data-fn="{id}" class="fn"><a href="#{id}" id="{id}-link">{number}</a></sup>""";

    private static string Field(string json) => Wxr.Meta("footnotes", json);

    private static string Body(Wxr site) => (string)site.Get("article", "a")["bodyHtml"]!;

    private static string Clean(Wxr site) => BodyHtml.Clean(Body(site), new Uri("https://site.example/"))!.Html;

    private static string Of(string content, string json) => Clean(Wxr.Of(Wxr.Post("1", slug: "a", content: content, more: Field(json))));

    [Fact]
    public void Notes_of_the_block_editor_stand_where_its_list_does_and_lead_there_and_back() =>
        Assert.Equal(
            """
            <p>Grain fell<sup><a href="#b1" id="b1-link">1</a></sup>, wool rose<sup><a href="#b2" id="b2-link">2</a></sup>.</p>
            <ol>
            <li id="b1">Mill ledger, <em>1911</em>. <a href="#b1-link">↩︎</a></li>
            <li id="b2">See <a href="https://ledger.example/w">wool</a> &amp; flax. <a href="#b2-link">↩︎</a></li>
            </ol>
            <p>End.</p>
            """.ReplaceLineEndings("\n"),
            Of(
                    $"<!-- wp:paragraph --><p>Grain fell{Number("b1", 1)}, wool rose{Number("b2", 2)}.</p><!-- /wp:paragraph -->\n<!-- wp:footnotes /-->\n<!-- wp:paragraph --><p>End.</p><!-- /wp:paragraph -->",
                    """[{"content":"Mill ledger, <em>1911<\/em>.","id":"b1"},{"id":"b2","content":"See <a href=\"https:\/\/ledger.example\/w\">wool</a> &amp; flax."}]"""
                )
                .Replace("</p>\n\n<ol>", "</p>\n<ol>", StringComparison.Ordinal)
        );

    [Fact]
    public void Without_a_list_they_stand_at_the_end() =>
        Assert.EndsWith(
            "<li id=\"b1\">Mill ledger. <a href=\"#b1-link\">↩︎</a></li>\n</ol>",
            Of($"<!-- wp:paragraph --><p>Grain{Number("b1", 1)}.</p><!-- /wp:paragraph -->", """[{"content":"Mill ledger.","id":"b1"}]"""),
            StringComparison.Ordinal
        );

    [Fact]
    public void Notes_that_the_site_has_filled_in_are_not_repeated()
    {
        var body = Of(
            $"<!-- wp:html --><p>Grain{Number("b1", 1)}.</p><ol class=\"wp-block-footnotes\"><li id=\"b1\">Mill ledger. <a href=\"#b1-link\">↩︎</a></li></ol><!-- /wp:html -->",
            """[{"content":"Mill ledger.","id":"b1"}]"""
        );
        Assert.Equal(2, body.Split("Mill ledger.").Length);
    }

    [Fact]
    public void A_note_whose_number_is_hidden_stays_hidden_and_the_others_keep_their_numbers()
    {
        var site = Wxr.Of(
            Wxr.Post(
                "1",
                slug: "a",
                more: Field("""[{"content":"ZQHIDDEN","id":"b1"},{"content":"Open.","id":"b2"}]"""),
                content: """<!-- wp:paragraph {"metadata":{"blockVisibility":false}} -->"""
                    + $"<p>x{Number("b1", 1)}</p><!-- /wp:paragraph --><!-- wp:paragraph --><p>y{Number("b2", 2)}</p><!-- /wp:paragraph --><!-- wp:footnotes /-->"
            )
        );
        Assert.DoesNotContain("ZQHIDDEN", site.Json, StringComparison.Ordinal);
        Assert.Contains("<li id=\"b2\" value=\"2\">Open.", Clean(site), StringComparison.Ordinal);
        site.HasNote("1 × footnote (its number is hidden)");
    }

    [Fact]
    public void A_hidden_list_is_shown_nowhere()
    {
        var body = Of(
            $"<!-- wp:paragraph --><p>x{Number("b1", 1)}</p><!-- /wp:paragraph -->"
                + """<!-- wp:footnotes {"metadata":{"blockVisibility":false}} /-->""",
            """[{"content":"ZQHIDDEN","id":"b1"}]"""
        );
        Assert.DoesNotContain("ZQHIDDEN", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_no_list_of_notes_is_noted()
    {
        var site = Wxr.Of(Wxr.Post("1", slug: "a", content: "<!-- wp:footnotes /-->", more: Field("[{\"content\":")));
        site.HasNote("its footnotes are left out");
        Assert.DoesNotContain(site.Export.Notes, note => note.Text.Contains("block 'footnotes'", StringComparison.Ordinal));
    }

    [Fact]
    public void More_notes_than_a_short_field_holds_all_come()
    {
        var ids = Enumerable.Range(1, 400).Select(n => $"n{n}").ToList();
        var body = Of(
            $"<!-- wp:paragraph --><p>{string.Concat(ids.Select((id, i) => Number(id, i + 1)))}</p><!-- /wp:paragraph --><!-- wp:footnotes /-->",
            $"[{string.Join(',', ids.Select(id => $"{{\"content\":\"{new string('x', 200)}\",\"id\":\"{id}\"}}"))}]"
        );
        Assert.Contains("<li id=\"n400\">", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("efn_note")]
    [InlineData("mfn")]
    [InlineData("modern_footnote")]
    [InlineData("footnote")]
    [InlineData("ref")]
    [InlineData("fn")]
    [InlineData("note")]
    public void Notes_between_shortcodes_come_to_the_end(string name) =>
        Assert.Equal(
            """
            <p>Grain fell<sup><a href="#footnote-1" id="footnote-1-link">1</a></sup> and wool<sup><a href="#footnote-2" id="footnote-2-link">2</a></sup> rose.</p>
            <ol>
            <li id="footnote-1">Mill <em>ledger</em>. <a href="#footnote-1-link">↩︎</a></li>
            <li id="footnote-2"><a href="https://ledger.example/">Wool</a>. <a href="#footnote-2-link">↩︎</a></li>
            </ol>
            """.ReplaceLineEndings("\n"),
            Clean(
                Wxr.Of(
                    Wxr.Post(
                        "1",
                        slug: "a",
                        content: $"Grain fell[{name}]Mill <em>ledger</em>.[/{name}] and wool[{name}]<a href=\"https://ledger.example/\">Wool</a>.[/{name}] rose."
                    )
                )
            )
        );

    [Fact]
    public void Notes_in_several_blocks_are_counted_on()
    {
        var body = Clean(
            Wxr.Of(
                Wxr.Post(
                    "1",
                    slug: "a",
                    content: string.Concat(
                        Enumerable
                            .Range(1, 3)
                            .Select(n =>
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"<!-- wp:paragraph --><p>x[mfn]Note {n}.[/mfn]</p><!-- /wp:paragraph -->"
                                )
                            )
                    )
                )
            )
        );
        Assert.EndsWith("<li id=\"footnote-3\">Note 3. <a href=\"#footnote-3-link\">↩︎</a></li>\n</ol>", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_that_is_called_a_note_stays_where_it_is() =>
        Assert.Equal(
            "<p>Before.</p>\n<p>Office closed.</p>",
            Clean(Wxr.Of(Wxr.Post("1", slug: "a", content: "Before.\n\n[note]Office closed.[/note]")))
        );

    [Fact]
    public void A_note_with_paragraphs_keeps_them() =>
        Assert.Contains(
            "<li id=\"footnote-1\"><p>One.</p>\n<p>Two.</p>",
            Clean(Wxr.Of(Wxr.Post("1", slug: "a", content: "Word[efn_note]One.\n\nTwo.[/efn_note].\n\nNext."))),
            StringComparison.Ordinal
        );
}
