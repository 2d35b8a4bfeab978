using System.Text;
using System.Text.Json.Nodes;
using Api.Export;
using Api.Tests.Support;
using Dapper;

namespace Api.Tests.Import.WordPress.Hidden;

/// <summary>
/// Text that is not for everybody, imported by a version that took it for text, and the same export again: afterwards the words are at no
/// address and in no table.
/// </summary>
public class HiddenTextServedTests(HiddenTextServedTests.Site site) : IClassFixture<HiddenTextServedTests.Site>
{
    private const string Mark = "zqhidden";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_that_is_imported_again_takes_hidden_text_away_everywhere()
    {
        var before = await site.GetJson($"/v1/search?q={Mark}");
        Assert.Equal(2, before["page"]!["total"]!.GetValue<int>());
        Assert.Contains(Mark, (await site.Answer("/v1/articles/ports")).Text, StringComparison.Ordinal);

        var again = await site.TryImport(Site.Lines());
        Assert.Equal((0, 3), (again.Created, again.Updated));
        await NothingIsServed();
        await NothingIsStored();
        await WhatIsPublicIsWhole();
    }

    private async Task NothingIsServed()
    {
        var addresses = new Addresses
        {
            Slugs = ["ports", "forum", "about", "ada", "article"],
            Values = ["ports", "forum", "about", "ada", "article"],
            Texts = ["/?p=1"],
            Searches = [Mark, "zqhiden", "zqhid", $"text {Mark}", "shown"],
            Crossed = false,
        }
            .Of(site.Services)
            .Distinct()
            .ToList();
        Assert.True(addresses.Count > 300, $"only {addresses.Count} addresses");
        foreach (var address in addresses.Where(address => !address.Contains("zqh", StringComparison.Ordinal)))
            Assert.DoesNotContain(Mark, (await site.Answer(address)).Text, StringComparison.OrdinalIgnoreCase);
        foreach (
            var address in new[]
            {
                "/v1/snapshot",
                "/v1/changes?include=item",
                "/sitemap.xml",
                "/v1/articles.rss",
                "/v1/articles.ndjson",
                "/v1/articles/ports.jsonld",
                "/v1/events.ics",
            }
        )
        {
            var (answer, status) = await site.Answer(address);
            Assert.Equal(200, status);
            Assert.DoesNotContain(Mark, answer, StringComparison.OrdinalIgnoreCase);
        }
        // What was asked for stands in the answer's links; nothing else does.
        foreach (var address in addresses.Where(address => address.Contains("zqh", StringComparison.Ordinal)))
            Assert.DoesNotContain(
                Mark,
                (await site.Answer(address))
                    .Text.Replace($"q={Mark}", "", StringComparison.Ordinal)
                    .Replace($"+{Mark}", "", StringComparison.Ordinal)
                    .Replace($"%20{Mark}", "", StringComparison.Ordinal),
                StringComparison.OrdinalIgnoreCase
            );
        foreach (var resource in new[] { "articles", "events" })
            Assert.Equal(0, (await site.GetJson($"/v1/{resource}?q={Mark}"))["page"]!["total"]!.GetValue<int>());
        Assert.Equal(
            (0, null),
            (
                (await site.GetJson($"/v1/search?q={Mark}"))["page"]!["total"]!.GetValue<int>(),
                (string?)(await site.GetJson($"/v1/search?q={Mark}"))["correctedQuery"]
            )
        );
        Assert.DoesNotContain(Mark, await Export(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task NothingIsStored()
    {
        await using var connection = await site.Database.OpenConnectionAsync(Cancel);
        foreach (
            var table in await connection.QueryAsync<string>(
                "select quote_ident(table_name) from information_schema.tables where table_schema = 'content' and table_type = 'BASE TABLE'"
            )
        )
            Assert.True(
                await connection.ExecuteScalarAsync<long>(
                    $"select count(*) from content.{table} t where t::text ilike '%' || @Mark || '%'",
                    new { Mark }
                ) == 0,
                table
            );
    }

    private async Task WhatIsPublicIsWhole()
    {
        var article = (await site.GetJson("/v1/articles/ports"))["data"]!;
        Assert.Equal("Shown to all.\nShown heading\nNot on phones.", (string?)article["bodyText"]);
        Assert.Equal(8, (int?)article["wordCount"]);
        Assert.Equal("Shown heading", (string?)Assert.Single(article["toc"]!.AsArray())!["text"]);
        Assert.Equal("", (string?)article["summary"]);
        Assert.Empty(article["files"]!.AsArray());
        Assert.Null(article["seo"]!["description"]);
    }

    private async Task<string> Export()
    {
        using var file = new MemoryStream();
        await new Exporter(site.ContentDatabase).Run(file, null, Cancel);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    public sealed class Site(TestServer server) : ApiFixture(server)
    {
        private const string Flag = """{"metadata":{"blockVisibility":false}}""";

        internal static List<string> Lines() => [.. Export().Lines.Select(line => line.Value.ToJsonString())];

        // As a version stored it that knew nothing of hidden text.
        protected override Task Seed() =>
            Import([
                .. Export()
                    .Lines.Select(line =>
                    {
                        if (line.Value.ContainsKey("bodyHtml"))
                        {
                            line.Value["bodyHtml"] =
                                $"{line.Value["bodyHtml"]}<h2>{Mark} heading</h2><p>{Mark}text.</p><p>{Mark}</p><p><img src=\"https://site.example/{Mark}.png\" alt=\"{Mark}\"></p>";
                            line.Value["summary"] = $"A summary of {Mark} words.";
                        }
                        if ((string?)line.Value["resource"] == "article")
                        {
                            line.Value["files"] = new JsonArray(
                                new JsonObject
                                {
                                    ["url"] = $"https://site.example/{Mark}.pdf",
                                    ["label"] = Mark,
                                    ["mediaType"] = "application/pdf",
                                }
                            );
                            line.Value["seo"] = new JsonObject { ["description"] = $"{Mark} words." };
                        }
                        return line.Value.ToJsonString();
                    }),
            ]);

        private static Wxr Export() =>
            Wxr.Of(
                Wxr.Post(
                    "7",
                    "Callout",
                    "callout",
                    $"<!-- wp:paragraph {Flag} --><p>{Mark} in a pattern.</p><!-- /wp:paragraph -->",
                    type: "wp_block"
                ),
                Wxr.Post(
                    "1",
                    "Ports",
                    "ports",
                    $"<!-- wp:paragraph --><p>Shown to all.</p><!-- /wp:paragraph --><!-- wp:heading --><h2>Shown heading</h2><!-- /wp:heading --><!-- wp:heading {Flag} --><h2>{Mark} heading</h2><!-- /wp:heading -->"
                        + $"<!-- wp:group {Flag} --><div><!-- wp:image --><figure><img src=\"https://site.example/{Mark}.png\" alt=\"{Mark}\"></figure><!-- /wp:image --><!-- wp:file --><a href=\"https://site.example/up/{Mark}.pdf\">{Mark}</a><!-- /wp:file --></div><!-- /wp:group -->"
                        + """<!-- wp:block {"ref":7} /-->"""
                        + $"<!-- wp:block {{\"ref\":7,\"metadata\":{{\"blockVisibility\":false}}}} /--><!-- wp:paragraph --><p>[members_only]{Mark} for members.[/members_only]</p><!-- /wp:paragraph -->"
                        + "<!-- wp:paragraph {\"metadata\":{\"blockVisibility\":{\"viewport\":{\"mobile\":false}}}} --><p>Not on phones.</p><!-- /wp:paragraph -->"
                        + $"<!-- wp:html --><p style=\"display:none\">{Mark} unseen.</p><!-- /wp:html -->",
                    more: $"<excerpt:encoded><![CDATA[Shown to all. {Mark} heading]]></excerpt:encoded>{Wxr.Meta("_yoast_wpseo_metadesc", $"{Mark} heading")}{Wxr.Meta("_yoast_wpseo_title", "Ports, and who pays")}"
                ),
                Wxr.Post(
                    "8",
                    Mark,
                    Mark,
                    type: "attachment",
                    status: "inherit",
                    more: $"<wp:post_parent>1</wp:post_parent><wp:attachment_url>https://site.example/up/{Mark}.pdf</wp:attachment_url>"
                ),
                Wxr.Post("2", "About", "about", $"Who we are.\n\n[restrict]{Mark} for some.[/restrict]", type: "page"),
                Wxr.Post(
                    "3",
                    "Forum",
                    "forum",
                    $"<!-- wp:paragraph --><p>Come.</p><!-- /wp:paragraph --><!-- wp:paragraph {Flag} --><p>{Mark} at the door.</p><!-- /wp:paragraph -->",
                    type: "tribe_events",
                    more: Wxr.Meta("_EventStartDateUTC", "2026-09-10 22:00:00")
                )
            );
    }
}
