using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Data.Server;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>The client that <c>docs/syndication.md</c> shows, as it stands there.</summary>
public sealed partial class PartnerClientTests(ContentFixture api) : IClassFixture<ContentFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("partner-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_has_the_articles_drops_what_is_gone_and_begins_anew_when_it_has_to()
    {
        await api.Import(
            Some.Article(new { slug = "kept" }),
            Some.Article(new { slug = "edited" }),
            Some.Article(new { slug = "retracted" }),
            Some.Article(new { slug = "draft", publicationStatus = "draft" }),
            Some.Article(
                new { slug = "corrected", corrections = new[] { new { at = "2025-02-03T15:00:00Z", textHtml = "<p>A number.</p>" } } }
            )
        );
        await Run();
        Assert.Equal(await Expected(), await Copied());

        await api.Import(
            Some.Article(new { slug = "edited", title = "New & <better>" }),
            Some.Article(new { slug = "retracted", publicationStatus = "retracted" }),
            Some.Article(new { slug = "new" })
        );
        await Run();
        Assert.Equal(await Expected(), await Copied());
        Assert.DoesNotContain(await Copied(), row => row.StartsWith("retracted", StringComparison.Ordinal));

        // Another history: the last change is another.
        await api.Import(Some.Article(new { slug = "after" }));
        await Run();
        await api.Execute("update content.changes set at = at + interval '1 second' where sequence = (select sequence from content.head)");
        await api.Import(Some.Article(new { slug = "much-later" }));
        await Run();
        Assert.Equal(await Expected(), await Copied());
    }

    private async Task Run()
    {
        Tools.Need("python3");
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "syndication.md"), Cancel);
        var client = Path.Combine(folder, "client.py");
        await File.WriteAllTextAsync(client, Code().Match(text).Groups[1].Value, Cancel);
        var run = await Tool.Run("python3", [client, api.Client.BaseAddress!.ToString(), Path.Combine(folder, "copy.db"), "0"], Cancel);
        Assert.True(run.Succeeded, run.ToString());
    }

    private async Task<IReadOnlyList<string>> Copied()
    {
        const string program =
            "import sqlite3, sys; [print(*row, sep='|') for row in sqlite3.connect(sys.argv[1]).execute('select slug, title, html from articles order by slug')]";
        var run = await Tool.Run("python3", ["-c", program, Path.Combine(folder, "copy.db")], Cancel);
        Assert.True(run.Succeeded, run.ToString());
        return run.Output.TrimEnd('\n').Split('\n');
    }

    private async Task<IReadOnlyList<string>> Expected() =>
        [
            .. (await api.GetJson("/v1/articles?limit=100&include=body"))["data"]!
                .AsArray()
                .Select(article => Row(article!))
                .Order(StringComparer.Ordinal),
        ];

    private static string Row(JsonNode article)
    {
        var corrections = string.Concat(
            article["corrections"]!.AsArray().Select(one => $"<p>Correction, {one!["at"]!.GetValue<string>()[..10]}:</p>{one["textHtml"]}")
        );
        return $"{article["slug"]}|{article["title"]}|{article["bodyHtml"]}{corrections}<footer>{article["license"]!["attributionHtml"]}</footer>";
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
