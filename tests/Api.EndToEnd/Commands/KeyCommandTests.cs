using System.Net;
using System.Text.Json.Nodes;
using Api.Tests.Support;

namespace Api.EndToEnd.Commands;

/// <summary>The commands of <c>key</c>, run as processes on the database of a running API.</summary>
public sealed class KeyCommandTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_made_used_listed_and_revoked()
    {
        await api.Import(Some.Topic(new { slug = "china" }), Some.Topic(new { slug = "trade" }));
        var (output, errors, code) = await Start(
            "create",
            "--name",
            "Daily Wire",
            "--scope",
            "early",
            "--topic",
            "trade,china",
            "--expires",
            "30d",
            "--per-minute",
            "120"
        );
        Assert.Equal(0, code);
        // Nothing else is on standard output.
        Assert.Matches(@"\Acak_[0-9a-hjkmnp-tv-z]{8}_[0-9a-hjkmnp-tv-z]{36}\z", output);
        Assert.DoesNotContain(output[13..], errors, StringComparison.Ordinal);
        Assert.Contains(output[4..12], errors, StringComparison.Ordinal);
        using (var answer = await Ask(output))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("\"key\";q=120;w=60", Assert.Single(answer.Headers.GetValues("RateLimit-Policy")));
        }

        JsonNode? listed = null;
        await Eventually.Is(async () =>
        {
            var (json, _, _) = await Start("list", "--json");
            Assert.DoesNotContain(output[13..], json, StringComparison.Ordinal);
            listed = Assert.Single(JsonNode.Parse(json)!.AsArray());
            return listed!["lastUsedAt"] is not null;
        });
        Assert.Equal("Daily Wire", listed!["name"]!.GetValue<string>());
        Assert.Equal("valid", listed["state"]!.GetValue<string>());
        Assert.Equal("early", listed["scope"]!.GetValue<string>());
        Assert.Equal(["china", "trade"], listed["topics"]!.AsArray().Select(topic => topic!.GetValue<string>()));

        (_, errors, code) = await Start("create", "--name", "Daily Wire", "--scope", "preview");
        Assert.Equal(1, code);
        Assert.Contains("another name", errors, StringComparison.Ordinal);

        Assert.Equal(0, (await Start("revoke", "Daily Wire")).Code);
        await Eventually.Is(async () =>
        {
            using var answer = await Ask(output);
            return answer.StatusCode == HttpStatusCode.Unauthorized;
        });
        Assert.Contains("revoked", (await Start("list")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await Start("revoke", "Daily Wire")).Code);
        Assert.Equal(0, (await Start("create", "--name", "Daily Wire", "--scope", "preview", "--expires", "never")).Code);
    }

    [Theory]
    [InlineData("--topic", "--scope", "early")]
    [InlineData("early only", "--scope", "preview", "--topic", "china")]
    [InlineData("/v1/topics", "--scope", "early", "--topic", "never-there")]
    [InlineData("early", "--scope", "operator")]
    [InlineData("365d", "--scope", "preview", "--expires", "soon")]
    [InlineData("365d", "--scope", "preview", "--expires", "0d")]
    [InlineData("365d", "--scope", "preview", "--expires", "2020-01-01")]
    [InlineData("1000000", "--scope", "preview", "--per-minute", "0")]
    public async Task What_is_wrong_is_said_with_what_would_work(string word, params string[] arguments)
    {
        var (output, errors, code) = await Start(["create", "--name", "wrong", .. arguments]);
        Assert.Equal(1, code);
        Assert.DoesNotContain("cak_", output, StringComparison.Ordinal);
        Assert.Contains(word, errors, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Ask(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/articles");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return await api.Client.SendAsync(request, Cancel);
    }

    private async Task<(string Output, string Errors, int Code)> Start(params string[] arguments)
    {
        using var process = ApiProcess.Start(["key", .. arguments], ("ConnectionStrings__Content", api.Connections.Content));
        var code = await process.Exit(Cancel);
        return (process.Output, process.Errors, code);
    }
}
