using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.Tests.Changes;

/// <summary><c>/v1/snapshot</c>: everything there is, in one state.</summary>
public class SnapshotTests(SnapshotTests.Content api) : IClassFixture<SnapshotTests.Content>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_last_line_tells_number_and_hash_of_those_before()
    {
        var text = await Get();
        var lines = text.TrimEnd('\n').Split('\n');
        var end = JsonNode.Parse(lines[^1])!["end"]!;
        Assert.Equal(lines.Length - 2, end["count"]!.GetValue<int>());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text[..(text.TrimEnd('\n').LastIndexOf('\n') + 1)]))),
            end["sha256"]!.GetValue<string>()
        );
        Assert.Equal(1, JsonNode.Parse(lines[0])!["snapshot"]!["version"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("article", "/v1/articles?limit=100&include=body")]
    [InlineData("event", "/v1/events?limit=100&include=body")]
    [InlineData("expert", "/v1/experts?limit=100&include=body")]
    [InlineData("topic", "/v1/topics?limit=100")]
    [InlineData("page", "/v1/pages?limit=100&include=body")]
    [InlineData("menu", "/v1/menus")]
    [InlineData("articleType", "/v1/article-types")]
    [InlineData("redirect", "/v1/redirects?limit=100")]
    public async Task It_holds_exactly_the_lists(string resource, string list)
    {
        var items = (await Lines())
            .Where(line => line["resource"]!.GetValue<string>() == resource && line["change"]!.GetValue<string>() == "upsert")
            .Select(line => line["item"]!.ToJsonString());
        Assert.Equal(
            (await api.GetJson(list))["data"]!.AsArray().Select(item => item!.ToJsonString()).Order(StringComparer.Ordinal),
            items.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task It_tells_what_is_gone()
    {
        var gone = (await Lines()).Where(line => line["change"]!.GetValue<string>() == "delete").ToList();
        Assert.Equal(["withdrawn retracted"], gone.Select(line => $"{line["slug"]} {line["reason"]}"));
        Assert.All(gone, line => Assert.Null(line["item"]));
        Assert.DoesNotContain("never-public", await Get(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_token_leads_to_what_happens_after()
    {
        var end = JsonNode.Parse((await Get()).TrimEnd('\n').Split('\n')[^1])!["end"]!;
        await api.Import(Some.Article(new { slug = "after-the-snapshot" }));
        Assert.Equal(["after-the-snapshot"], (await api.GetJson($"/v1/changes?since={end["next"]}")).Slugs());
    }

    [Fact]
    public async Task It_is_made_once_for_all_who_ask_and_anew_after_a_change()
    {
        var tags = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(async _ =>
                {
                    using var answer = await Send(null);
                    await answer.Content.ReadAsByteArrayAsync(Cancel);
                    return answer.Headers.ETag!.Tag;
                })
        );
        Assert.Single(tags.Distinct());
        await api.Import(Some.Article(new { slug = "makes-it-old" }));
        // Making them may take a tenth of the time.
        for (var attempt = 0; ; attempt++)
        {
            using var answer = await Send(null);
            if (answer.Headers.ETag!.Tag != tags[0])
                break;
            Assert.True(attempt < 200, "It stays the same.");
            await Task.Delay(50, Cancel);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_download_that_broke_off_goes_on_where_it_was(bool compressed)
    {
        using var first = await Send(compressed ? "gzip" : null);
        var whole = await first.Content.ReadAsByteArrayAsync(Cancel);
        using var second = await Send(
            compressed ? "gzip" : null,
            request =>
            {
                request.Headers.Range = new RangeHeaderValue(100, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(first.Headers.ETag!);
            }
        );
        Assert.Equal(HttpStatusCode.PartialContent, second.StatusCode);
        Assert.Equal(whole[100..], await second.Content.ReadAsByteArrayAsync(Cancel));
        using var other = await Send(
            compressed ? "gzip" : null,
            request =>
            {
                request.Headers.Range = new RangeHeaderValue(100, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"other\""));
            }
        );
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task What_cannot_be_sent_is_a_problem_that_says_how_much_there_is(string? coding)
    {
        using var first = await Send(coding);
        var length = (await first.Content.ReadAsByteArrayAsync(Cancel)).Length;
        using var beyond = await Send(coding, request => request.Headers.Range = new RangeHeaderValue(length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(length, beyond.Content.Headers.ContentRange?.Length);
        Assert.Equal("range-not-satisfiable", await Code(beyond));
        using var other = await Send(coding, request => request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"other\"")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, other.StatusCode);
        Assert.Equal("precondition-failed", await Code(other));

        static async Task<string> Code(HttpResponseMessage answer)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["code"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task Compressed_it_is_the_same()
    {
        using var answer = await Send("br, gzip");
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(Cancel), CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal(await Get(), await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task A_client_that_has_it_is_told_so()
    {
        using var first = await Send(null);
        using var second = await Send(null, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Its_head_is_told_without_reading_it()
    {
        using var whole = await Send(null);
        var length = (await whole.Content.ReadAsByteArrayAsync(Cancel)).Length;
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/snapshot");
        using var head = await api.Client.SendAsync(request, Cancel);
        Assert.Equal(
            (HttpStatusCode.OK, length, whole.Headers.ETag),
            (head.StatusCode, head.Content.Headers.ContentLength, head.Headers.ETag)
        );
    }

    [Fact]
    public async Task After_a_restore_it_is_of_what_is_there_now()
    {
        await api.Import(Some.Article(new { slug = "before-the-restore" }));
        var before = await Get();
        // The last change is another one than it was, under the same number.
        await api.Execute("update content.changes set at = at + interval '1 second' where sequence = (select sequence from content.head)");
        var after = await Get();
        Assert.NotEqual(
            JsonNode.Parse(before.TrimEnd('\n').Split('\n')[^1])!["end"]!["next"]!.GetValue<string>(),
            JsonNode.Parse(after.TrimEnd('\n').Split('\n')[^1])!["end"]!["next"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task While_writers_write_each_is_one_state()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = Task.Run(
            async () =>
            {
                // Both bear the same title, always.
                for (var n = 0; !stop.IsCancellationRequested; n++)
                    await api.Import(
                        Some.Article(new { slug = "first-twin", title = $"Twins {n}" }),
                        Some.Article(new { slug = "last-twin", title = $"Twins {n}" })
                    );
            },
            Cancel
        );
        var seen = new HashSet<string>();
        // A busy machine may write less often.
        for (var round = 0; round < 15 || (seen.Count < 2 && round < 300); round++)
        {
            var titles = (await Lines())
                .Where(line => line["slug"]?.GetValue<string>() is "first-twin" or "last-twin")
                .Select(line => line["item"]!["title"]!.GetValue<string>())
                .Distinct()
                .ToList();
            seen.Add(Assert.Single(titles));
            await Task.Delay(60, Cancel);
        }
        await stop.CancelAsync();
        await writing;
        Assert.True(seen.Count > 1, "Nothing was written meanwhile.");
    }

    [Fact]
    public async Task An_unknown_parameter_is_told() =>
        await api.GetProblem("/v1/snapshot?since=0", HttpStatusCode.BadRequest, "unknown-parameter", "since");

    private async Task<string> Get()
    {
        using var answer = await Send(null);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private async Task<IReadOnlyList<JsonNode>> Lines() =>
        [.. (await Get()).TrimEnd('\n').Split('\n')[1..^1].Select(line => JsonNode.Parse(line)!)];

    private async Task<HttpResponseMessage> Send(string? accepted, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/snapshot");
        if (accepted is not null)
            request.Headers.AcceptEncoding.ParseAdd(accepted);
        prepare?.Invoke(request);
        return await api.Client.SendAsync(request, Cancel);
    }

    public sealed class Content(TestServer server) : ContentFixture(server)
    {
        protected override async Task Seed()
        {
            await base.Seed();
            await Import(
                Some.Topic(new { slug = "topic" }),
                Some.Expert(new { slug = "writer" }),
                Some.Article(new { slug = "first-twin", title = "Twins" }),
                Some.Article(new { slug = "withdrawn" }),
                Some.Article(new { slug = "never-public", publicationStatus = "draft" }),
                Some.Event(new { slug = "event", topics = new[] { "topic" } }),
                Some.Page(new { slug = "about" }),
                Some.Menu(new { slug = "main" }),
                Some.Redirect("/old", "articles/first-twin"),
                Some.Redirect("/gone", "articles/withdrawn")
            );
            await Import([
                .. Enumerable.Range(0, 60).Select(_ => Some.Article(new { topics = new[] { "topic" }, experts = new[] { "writer" } })),
            ]);
            await Import(
                Some.Article(new { slug = "last-twin", title = "Twins" }),
                Some.Article(new { slug = "withdrawn", publicationStatus = "retracted" })
            );
        }
    }
}
