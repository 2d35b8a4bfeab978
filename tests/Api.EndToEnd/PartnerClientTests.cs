using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Api.Data;
using Api.Data.Server;
using Api.Http.Signing;
using Api.Tests.Support;
using Api.Webhooks;

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

    [Fact]
    public async Task The_receiver_has_what_a_webhook_tells_and_refuses_what_others_send()
    {
        Tools.Need("python3");
        await Write("client.py", 0);
        await Write("receiver.py", 1);
        await api.Import(Some.Article(new { slug = "there-before" }));
        var secret = HmacKey.New().Secret;
        var start = new ProcessStartInfo(
            "python3",
            ["receiver.py", secret, "0", api.Client.BaseAddress!.ToString(), Path.Combine(folder, "copy.db")]
        )
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(Cancel);
            var address = $"http://127.0.0.1:{line!.Split(' ')[^1]}/";
            await HasCopied();

            using (var forged = await api.Client.PostAsync(new Uri(address), new StringContent("{}"), Cancel))
                Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
            var webhooks = new WebhookRepository(api.ContentDatabase);
            var webhook = new NewWebhook
            {
                Id = "wh_partner",
                Name = null,
                Url = address,
                Resources = null,
                Topics = null,
                Signature = SigningKey.Symmetric,
                Secret = secret,
                AllowPrivate = true,
                Token = (await webhooks.Newest(Cancel)).ToString(),
            };
            await webhooks.Add(webhook, Cancel);
            await api.Import(Some.Article(new { slug = "told" }));
            await HasCopied();
            await Eventually.Is(async () => (await webhooks.Log(webhook.Id, failed: false, 10, Cancel)) is [{ Status: 204 }, ..]);
            await webhooks.Remove(webhook.Id, Cancel);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Task HasCopied() =>
        Eventually.Is(async () => File.Exists(Path.Combine(folder, "copy.db")) && (await Expected()).SequenceEqual(await Copied()));

    // Writes a program of the document.
    private async Task<string> Write(string name, int number)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "syndication.md"), Cancel);
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, Code().Matches(text)[number].Groups[1].Value, Cancel);
        return file;
    }

    private async Task Run()
    {
        Tools.Need("python3");
        var client = await Write("client.py", 0);
        var run = await Tool.Run("python3", [client, api.Client.BaseAddress!.ToString(), Path.Combine(folder, "copy.db"), "0"], Cancel);
        Assert.True(run.Succeeded, run.ToString());
    }

    private async Task<IReadOnlyList<string>> Copied()
    {
        const string program =
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); "
            + "there = db.execute(\"select count(*) from sqlite_master where name = 'articles'\").fetchone()[0]; "
            + "[print(*row, sep='|') for row in (db.execute('select slug, title, html from articles order by slug') if there else [])]";
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
