using System.Text;
using System.Text.Json.Nodes;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Http.Site;
using Api.Import;
using Api.Import.Html;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Looking;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Values;
using Api.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Api.EndToEnd;

/// <summary>A real WordPress, imported while it runs, beside the file that WordPress's own exporter wrote of it.</summary>
public class WordPressSiteTests(WordPressSite wordpress, ApiFixture api, TestServer server)
    : IClassFixture<WordPressSite>,
        IClassFixture<ApiFixture>
{
    private static readonly string[] Secrets = ["@", "swordfish", "a secret of a plugin", "Commenter", "A comment."];

    [Fact]
    public async Task With_a_password_the_site_is_equal_to_its_export()
    {
        using var site = await Fetch("editor");
        Assert.Empty(site.Contents.Notes);
        Assert.Equal(Lines(File()), Lines(Export(site)));
    }

    [Fact]
    public async Task What_visitors_see_is_equal_but_for_marks_that_wordpress_sets()
    {
        using var site = await Fetch(null);
        var fromFile = File().ToDictionary(Name);
        var fromSite = Export(site);
        foreach (var line in fromSite.Where(line => (string?)line["resource"] != "articleType"))
        {
            var same = fromFile[Name(line)];
            // A WordPress before 6.9 does not know that a block is hidden, and shows it to its visitors.
            if ((string?)line["slug"] == "open-parts")
                line.Remove("bodyHtml");
            // Logins are not shown, so what is made of them differs: ids of authors, and nothing else.
            if ((string?)line["resource"] == "expert")
                line.Remove("id");
            foreach (var (member, value) in line.Where(member => member.Key is not ("givenName" or "familyName")))
                if (member is "title" && (string?)line["publicationStatus"] == "published")
                    Assert.Equal(Plain(same[member]), Plain(value));
                // What is stored of it.
                else if (member is "bodyHtml" && (string?)line["publicationStatus"] == "published")
                    Assert.True(Text(same[member]) == Text(value), $"{Name(line)} shows {Text(value)} and not {Text(same[member])}");
                else if (member is not "bodyHtml")
                    Assert.True(JsonNode.DeepEquals(value, same[member]), $"{Name(line)} has {member} {value} and not {same[member]}");
        }
        var names = fromSite.Select(Name).ToHashSet();
        // A page that is scheduled is one with an embargo.
        Assert.All(
            fromFile.Values.Where(line => (string?)line["publicationStatus"] == "published" && line["embargoUntil"] is null),
            line => Assert.Contains(Name(line), names)
        );
        Assert.DoesNotContain(fromSite, line => (string?)line["resource"] == "menu" || (string?)line["publicationStatus"] == "draft");
    }

    [Fact]
    public async Task The_command_fetches_the_site_and_its_export_changes_nothing_then()
    {
        var cancel = TestContext.Current.CancellationToken;
        var data = Path.Combine(wordpress.Folder, "data");
        using var command = ApiProcess.Start(
            ["import", "wordpress", wordpress.Address, "--user", "editor", "--concurrency", "3", "--delay", "1"],
            ("ConnectionStrings__Content", api.Connections.Content),
            ("PostgreSql__DataFolder", data),
            ("WORDPRESS_APPLICATION_PASSWORD", wordpress.Password)
        );
        Assert.True(await command.Exit(cancel) == 0, command.Errors + command.Output);
        Assert.Contains("fetching posts, 133 of 133", command.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(wordpress.Password, command.Errors + command.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data, "wordpress")));

        await using var content = new ContentDatabase(api.Connections);
        var lines = File().Select(line => ImportLine.Of(0, line)).ToAsyncEnumerable();
        var report = await new Importer(content, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System).Run(
            lines,
            new(),
            cancel
        );
        Assert.Equal((report.Lines, 0, 0), (report.Unchanged, report.Created, report.Updated));
        Assert.Contains($"{report.Lines} created, 0 updated, 0 unchanged.", command.Output, StringComparison.Ordinal);

        var article = (await api.GetJson("/v1/articles/what-a-free-strait-costs"))["data"]!;
        Assert.Equal(
            ("By Ada Moreau", "Ships in a \"narrow\" strait", "op-ed"),
            ((string?)article["byline"], (string?)article["image"]!["alt"], (string?)article["type"]!["slug"])
        );
        await HiddenTextIsNowhere(command.Output);
        Assert.Equal("horn-of-africa", (string?)(await api.GetJson("/v1/resolve?path=/region/horn-of-africa/"))["data"]!["slug"]);
        Assert.Equal("staff", (string?)(await api.GetJson("/v1/menus/main-menu"))["data"]!["items"]![1]!["target"]!["slug"]);
    }

    [Fact]
    public async Task A_check_says_what_will_come_and_keeps_nothing()
    {
        foreach (var user in new[] { null, "editor" })
        {
            var folder = Path.Combine(wordpress.Folder, "look");
            var live = await LiveLook.At(
                Options(user) with
                {
                    Folder = folder,
                },
                TimeProvider.System,
                TestContext.Current.CancellationToken
            );
            var page = SiteCheck.Write(live.Look, live.Facts, new(), isLive: true);
            Assert.Contains("yes  The REST API answers at ", page, StringComparison.Ordinal);
            Assert.Contains("yes  Users are visible", page, StringComparison.Ordinal);
            Assert.Contains("post → articles", page, StringComparison.Ordinal);
            Assert.Contains(
                user is null ? "note No --user is given" : "yes  The application password of editor is taken",
                page,
                StringComparison.Ordinal
            );
            Assert.All(Secrets.Concat([wordpress.Password]), secret => Assert.DoesNotContain(secret, page, StringComparison.Ordinal));
            Assert.False(Directory.Exists(folder));
            var proposal = new MappingProposal(live.Look, new()).Write(wordpress.Address);
            Assert.NotNull(WordPressMappingFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(proposal))));
        }
    }

    [Fact]
    public async Task The_site_after_its_file_and_the_file_after_the_site_lose_nothing()
    {
        await using var empty = new ApiFixture(server);
        await empty.InitializeAsync();
        await using var content = new ContentDatabase(empty.Connections);
        using var site = await Fetch(null);
        var file = () =>
            WordPressExport.Read(
                () => System.IO.File.OpenRead(wordpress.Export),
                WordPressMapping.Default,
                TestContext.Current.CancellationToken
            );
        await Import(file());
        var (articles, experts) = (await List("articles"), await List("experts"));
        await Import(WordPressExport.Read(_ => site.Read(), WordPressMapping.Default, TestContext.Current.CancellationToken));
        foreach (var (before, now) in Pairs(articles, await List("articles")))
        foreach (var member in new[] { "slug", "summary", "canonicalUrl", "primaryTopic", "byline", "image", "language" })
            Assert.True(
                JsonNode.DeepEquals(before[member], now[member]),
                $"{before["slug"]} had {member} {before[member]}, and now {now[member]}"
            );
        foreach (var (before, now) in Pairs(experts, await List("experts")))
        foreach (var member in new[] { "slug", "name", "givenName", "familyName", "photo", "links" })
            Assert.True(
                JsonNode.DeepEquals(before[member], now[member]),
                $"{before["slug"]} had {member} {before[member]}, and now {now[member]}"
            );
        await Import(file());
        foreach (var (before, now) in Pairs(articles, await List("articles")))
            Assert.Equal((string?)before["title"], (string?)now["title"]);

        async Task Import(WordPressExport export)
        {
            var lines = export
                .Lines(TestContext.Current.CancellationToken)
                .Select(line => ImportLine.Of(line.Line, line.Value) with { Keeps = line.Keeps })
                .ToList();
            var report = await new Importer(content, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System).Run(
                lines.ToAsyncEnumerable(),
                new() { Rejections = Rejections.Mend },
                TestContext.Current.CancellationToken
            );
            Assert.True(report is { Succeeded: true, Mended.Count: 0 }, string.Join('\n', report.Rejected.Concat(report.Mended)));
            await empty.Notice();
        }

        async Task<IReadOnlyList<JsonNode>> List(string resource) =>
            [.. (await empty.GetJson($"/v1/{resource}?limit=100"))["data"]!.AsArray().Select(item => item!)];

        static IEnumerable<(JsonNode Before, JsonNode Now)> Pairs(IReadOnlyList<JsonNode> before, IReadOnlyList<JsonNode> now) =>
            before.Select(item => (item, now.Single(other => (string?)other["id"] == (string?)item["id"])));
    }

    [Fact]
    public async Task Visitors_are_not_shown_what_is_for_members_or_for_nobody()
    {
        using var site = await Fetch(null);
        var article = Export(site).Single(line => (string?)line["slug"] == "open-parts");
        Assert.Equal("", (string?)article["summary"]);
        foreach (var hidden in new[] { "for members", "unseen", "draft", "locked", "private" })
            Assert.DoesNotContain($"zqhidden {hidden}", (string?)article["bodyHtml"], StringComparison.Ordinal);
    }

    private async Task HiddenTextIsNowhere(string report)
    {
        Assert.Contains(
            "left out, since it is not shown to everybody: 1 × block 'heading' (hidden); 1 × block 'group' (hidden); 1 × block 'block' (hidden); 1 × block 'paragraph' (hidden); "
                + "1 × shortcode [members_only] (for some readers only); 1 × element 'p' (display: none)",
            report,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Shown to all.\nOpen words of a pattern.\nNot on phones.",
            (string?)(await api.GetJson("/v1/articles/open-parts"))["data"]!["bodyText"]
        );
        Assert.Equal(0, (int?)(await api.GetJson("/v1/search?q=zqhidden"))["page"]!["total"]);
        foreach (
            var address in new[]
            {
                "/v1/articles?include=body&limit=100&expert=ada-moreau",
                "/v1/articles/open-parts",
                "/v1/articles/open-parts.jsonld",
                "/v1/articles.rss",
                "/v1/articles.ndjson?limit=100",
                "/v1/suggest?q=zqh",
                "/v1/snapshot",
            }
        )
            Assert.DoesNotContain(
                "zqhidden",
                await api.Client.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken),
                StringComparison.OrdinalIgnoreCase
            );
    }

    [Fact]
    public async Task Nobodys_address_password_or_comment_is_fetched()
    {
        using var site = await Fetch("editor");
        var kept = Directory
            .EnumerateFiles(Path.Combine(wordpress.Folder, "spool"), "*.json", SearchOption.AllDirectories)
            .Select(System.IO.File.ReadAllText)
            .ToList();
        Assert.NotEmpty(kept);
        Assert.All(Secrets, secret => Assert.DoesNotContain(kept, text => text.Contains(secret, StringComparison.Ordinal)));
    }

    private async Task<LiveSite> Fetch(string? user) =>
        await LiveSite.Fetch(Options(user), TimeProvider.System, null, TestContext.Current.CancellationToken);

    private LiveOptions Options(string? user) =>
        new()
        {
            Site = new Uri(wordpress.Address),
            Folder = Path.Combine(wordpress.Folder, "spool"),
            User = user,
            Password = wordpress.Password,
            CustomFields = WordPressMapping.Default.CustomFields,
            Fresh = true,
        };

    private List<JsonObject> File() =>
        Read(
            WordPressExport.Read(
                () => System.IO.File.OpenRead(wordpress.Export),
                WordPressMapping.Default,
                TestContext.Current.CancellationToken
            )
        );

    private static List<JsonObject> Export(LiveSite site) =>
        Read(WordPressExport.Read(_ => site.Read(), WordPressMapping.Default, TestContext.Current.CancellationToken));

    private static List<JsonObject> Read(WordPressExport export) =>
        [.. export.Lines(TestContext.Current.CancellationToken).Select(line => line.Value)];

    private static IEnumerable<string> Lines(IEnumerable<JsonObject> lines) =>
        lines.Select(line => line.ToJsonString()).Order(StringComparer.Ordinal);

    private static string Name(JsonObject line) => $"{line["resource"]} {line["slug"] ?? line["from"]}";

    private static string Text(JsonNode? html) =>
        Plain(
            BodyHtml
                .Clean((string?)html ?? "", new Uri("https://site.example/"))!
                .Text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
        );

    // The text without spaces, and with the typewriter's marks where WordPress shows the printer's.
    private static string Plain(JsonNode? html) =>
        string.Concat(
            PlainText
                .Of((string?)html ?? "")
                .Replace('“', '"')
                .Replace('”', '"')
                .Replace('’', '\'')
                .Replace("—", "--", StringComparison.Ordinal)
                .Replace("…", "...", StringComparison.Ordinal)
                .Where(c => !char.IsWhiteSpace(c))
        );
}
