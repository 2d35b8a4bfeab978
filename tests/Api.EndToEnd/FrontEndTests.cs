using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Api.EndToEnd.Support;
using Api.Tests.Support;

namespace Api.EndToEnd;

/// <summary>
/// The example sites of <c>openapi/typescript/examples</c>, built and running: what a reader and an editor of each see, and what a webhook
/// changes.
/// </summary>
public partial class FrontEndTests(EditedSite api, NodeTools node) : IClassFixture<EditedSite>
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    private static readonly string PreviewSecret = RandomNumberGenerator.GetHexString(32);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Known to the build as well, so that it could write them into what it makes for browsers.
    private (string, string)[] Secrets => [("CONTENT_API_KEY", api.Key.Text), ("PREVIEW_SECRET", PreviewSecret)];

    [Fact]
    public async Task The_site_of_next_shows_the_content_keeps_it_until_a_webhook_and_previews_drafts()
    {
        var example = new NodePackage(node, "openapi/typescript/examples/next");
        await example.Install();
        await example.Run("node_modules/next/dist/bin/next", ["build"], environment: Secrets);
        await Tell(
            example,
            port => ["node", "node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", $"{port}"],
            moved: HttpStatusCode.PermanentRedirect,
            gone: HttpStatusCode.NotFound
        );
    }

    [Fact]
    public async Task The_site_of_astro_shows_the_content_keeps_it_until_a_webhook_and_previews_drafts()
    {
        var example = new NodePackage(node, "openapi/typescript/examples/astro");
        await example.Install();
        await example.Run("node_modules/astro/bin/astro.mjs", ["check"], newer: true);
        await example.Run("node_modules/astro/bin/astro.mjs", ["build"], newer: true, environment: Secrets);
        await Tell(
            example,
            _ => [NodePackage.Newer(node), "dist/server/entry.mjs"],
            moved: HttpStatusCode.MovedPermanently,
            gone: HttpStatusCode.Gone
        );
    }

    private async Task Tell(NodePackage example, Func<int, string[]> command, HttpStatusCode moved, HttpStatusCode gone)
    {
        var port = Background.FreePort();
        var log = Path.Combine(example.Folder, "node_modules", ".server.log");
        await using var server = Background.Start(
            command(port),
            example.Folder,
            log,
            new Dictionary<string, string>
            {
                ["HOST"] = "127.0.0.1",
                ["PORT"] = $"{port}",
                ["CONTENT_API"] = api.Address,
                ["CONTENT_API_KEY"] = api.Key.Text,
                ["PREVIEW_SECRET"] = PreviewSecret,
                ["WEBHOOK_SECRET"] = $"whsec_{Convert.ToBase64String(Secret)}",
                ["NEXT_TELEMETRY_DISABLED"] = "1",
                ["ASTRO_TELEMETRY_DISABLED"] = "1",
            }
        );
        using var site = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        await Eventually.Is(() => Answers(site), $"{example.Folder} does not answer; it printed to {log}.");

        await The_list_has_pages(site);
        await Items_are_shown_moved_gone_and_not_found(site, moved, gone);
        await An_answer_is_kept_until_a_webhook_names_it(site);
        await new FrontEndPreview(api, site, PreviewSecret).Run();
    }

    private async Task The_list_has_pages(HttpClient site)
    {
        var list = await api.GetJson("/v1/articles?topic=china&limit=100");
        var expected = list["data"]!.AsArray().Select(article => (string)article!["path"]!).ToList();
        var seen = new List<string>();
        var path = "/";
        for (; path is not null && seen.Count <= expected.Count; )
        {
            var html = await Page(site, path);
            seen.AddRange(ArticleLink().Matches(html).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)));
            var next = NextLink().Match(html);
            path = next.Success ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
        }
        Assert.True(expected.Count > 6);
        Assert.Equal(expected, seen);
    }

    private async Task Items_are_shown_moved_gone_and_not_found(HttpClient site, HttpStatusCode moved, HttpStatusCode gone)
    {
        // A slug of Chinese letters, in the address percent-encoded.
        var list = await api.GetJson("/v1/articles?topic=china&limit=100");
        var article = list["data"]!.AsArray().First(one => ((string)one!["slug"]!).Any(letter => letter > 127))!;
        Assert.Contains((string)article["title"]!, await Page(site, (string)article["path"]!), StringComparison.Ordinal);

        using var old = await site.GetAsync(new Uri("/articles/the-long-view-on-china", UriKind.Relative), Cancel);
        Assert.Equal(moved, old.StatusCode);
        Assert.EndsWith("/articles/a-longer-view", old.Headers.Location!.ToString(), StringComparison.Ordinal);

        Assert.Equal(gone, await Status(site, "/articles/tariff-tables-for-fifty-ports"));
        Assert.Equal(HttpStatusCode.NotFound, await Status(site, "/articles/there-is-none"));
    }

    private async Task An_answer_is_kept_until_a_webhook_names_it(HttpClient site)
    {
        var slug = Some.Slug("kept");
        await Change(slug, "First title");
        Assert.Contains("First title", await Page(site, $"/articles/{slug}"), StringComparison.Ordinal);
        await Change(slug, "Second title");
        Assert.Contains("First title", await Page(site, $"/articles/{slug}"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, await Send(site, RandomNumberGenerator.GetBytes(32), $"articles/{slug}"));
        Assert.Equal(HttpStatusCode.NoContent, await Send(site, Secret, "articles/another"));
        Assert.Contains("First title", await Page(site, $"/articles/{slug}"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, await Send(site, Secret, $"articles/{slug}"));
        // The next reader has it.
        Assert.Contains("Second title", await Page(site, $"/articles/{slug}"), StringComparison.Ordinal);
    }

    private async Task Change(string slug, string title)
    {
        await api.Import(Some.ArticleType(new { slug = "brief" }), Some.Article(new { slug, title }));
        Assert.Equal(title, (string)(await api.GetJson($"/v1/articles/{slug}"))["data"]!["title"]!);
    }

    /// <summary>A webhook of Standard Webhooks, signed with HMAC-SHA256.</summary>
    private static async Task<HttpStatusCode> Send(HttpClient site, byte[] secret, string key)
    {
        var body = JsonSerializer.Serialize(
            new
            {
                type = "content.changed",
                timestamp = "2026-11-28T14:03:07Z",
                data = new { invalidates = new[] { key } },
            }
        );
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"msg_1.{now}.{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhook")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", now);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        using var answer = await site.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private static async Task<bool> Answers(HttpClient site)
    {
        try
        {
            return await Status(site, "/") == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<HttpStatusCode> Status(HttpClient site, string path)
    {
        using var answer = await site.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> Page(HttpClient site, string path)
    {
        using var answer = await site.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answers {(int)answer.StatusCode}: {html}");
        return html;
    }

    [GeneratedRegex("<a href=\"(/articles/[^\"]+)\"")]
    private static partial Regex ArticleLink();

    // One writes rel first, the other href.
    [GeneratedRegex("<a (?:rel=\"next\" )?href=\"(/\\?[^\"]+)\"")]
    private static partial Regex NextLink();
}
