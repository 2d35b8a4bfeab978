using System.Text.Json.Nodes;
using Api.Tests.Support;
using Api.Webhooks;

namespace Api.EndToEnd.Webhooks;

/// <summary>The commands of <c>webhook</c>, run as processes on the database of a running API.</summary>
public sealed class WebhookCommandTests(ContentFixture api) : IClassFixture<ContentFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_is_added_tested_rotated_replayed_and_removed()
    {
        await using var receiver = await Receiver.Start();
        await api.Import(Some.Topic(new { slug = "china" }));
        var added = await Run("add", receiver.Url, "--name", "A partner", "--topic", "china", "--allow-private", "--json");
        var id = added["id"]!.GetValue<string>();
        var secret = added["secret"]!.GetValue<string>();
        Assert.Matches("^wh_[0-9a-z]{12}$", id);
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", secret);

        var listed = Assert.Single((await Run("list", "--json")).AsArray())!;
        Assert.Equal(receiver.Url, listed["url"]!.GetValue<string>());
        Assert.Equal("A partner", listed["name"]!.GetValue<string>());
        Assert.Equal("enabled", listed["state"]!.GetValue<string>());
        Assert.Equal("china", Assert.Single(listed["topics"]!.AsArray())!.GetValue<string>());
        Assert.Null(listed["resources"]);
        Assert.DoesNotContain("whsec_", listed.ToJsonString(), StringComparison.Ordinal);
        var before = listed["token"]!.GetValue<string>();

        var tested = await Run("test", id, "--json");
        Assert.Equal(204, tested["status"]!.GetValue<int>());
        var test = (await receiver.Has(1))[0];
        Assert.Equal(WebhookMessage.Test, test.Type);
        Assert.Equal(tested["messageId"]!.GetValue<string>(), test.Id);
        Assert.DoesNotContain('.', test.Id);
        Assert.True(test.IsSignedBy(secret));

        var next = (await Run("rotate", id, "--overlap", "90m", "--json"))["secret"]!.GetValue<string>();
        await api.Import(Some.Article(new { slug = "told", topics = new[] { "china" } }));
        var told = (await receiver.Has(2))[1];
        Assert.Equal(["told"], told.Slugs);
        Assert.True(told.IsSignedBy(secret) && told.IsSignedBy(next));

        Assert.Equal(before, (await Run("replay", id, "--since", before, "--json"))["token"]!.GetValue<string>());
        Assert.Equal(told.Id, (await receiver.Has(3))[2].Id);
        Assert.Equal("enabled", (await Run("enable", id, "--json"))["state"]!.GetValue<string>());

        receiver.AnswerWith(500);
        var (output, _, code) = await Start("test", id);
        Assert.Equal(1, code);
        Assert.StartsWith("500 in ", output, StringComparison.Ordinal);
        var failed = Assert.Single((await Run("log", id, "--failed", "--json")).AsArray())!;
        Assert.Equal(500, failed["status"]!.GetValue<int>());
        Assert.Single((await Run("log", id, "--limit", "1", "--json")).AsArray());

        Assert.Equal("removed", (await Run("remove", id, "--json"))["state"]!.GetValue<string>());
        Assert.Empty((await Run("list", "--json")).AsArray());
    }

    [Fact]
    public async Task A_public_key_is_printed_in_place_of_a_secret()
    {
        var (output, _, code) = await Start("add", "http://127.0.0.1:1/", "--allow-private", "--signature", "v1a");
        Assert.Equal(0, code);
        Assert.Matches(@"\Aid wh_[0-9a-z]{12}\npublicKey whpk_[A-Za-z0-9+/]{43}=\z", output);
        Assert.DoesNotContain("whsk_", (await Run("list", "--json")).ToJsonString(), StringComparison.Ordinal);
        (output, _, code) = await Start("list");
        Assert.Equal(0, code);
        Assert.Contains("http://127.0.0.1:1/", output, StringComparison.Ordinal);
        Assert.Equal(0, (await Start("remove", output.Split(' ')[0])).Code);
    }

    [Theory]
    [InlineData("https://", "add", "http://example.org/hook")]
    [InlineData("--allow-private", "add", "https://127.0.0.1/hook")]
    [InlineData("--allow-private", "add", "https://localhost/hook")]
    [InlineData("articleType", "add", "https://example.org/hook", "--resource", "articles")]
    [InlineData("/v1/topics", "add", "https://example.org/hook", "--topic", "never-there")]
    [InlineData("v1a", "add", "https://example.org/hook", "--signature", "v2")]
    [InlineData("webhook list", "test", "wh_never")]
    [InlineData("webhook list", "log", "wh_never")]
    [InlineData("webhook list", "remove", "wh_never")]
    [InlineData("webhook list", "enable", "wh_never")]
    [InlineData("webhook list", "rotate", "wh_never")]
    [InlineData("24h", "rotate", "wh_never", "--overlap", "31d")]
    [InlineData("2026-", "replay", "wh_never", "--since", "yesterday")]
    [InlineData("webhook list", "replay", "wh_never", "--since", "1.AAAAAAAA")]
    [InlineData("seven days", "replay", "wh_never", "--since", "2020-01-01")]
    [InlineData("webhook list", "replay", "wh_never", "--since", "0")]
    public async Task What_is_wrong_is_said_with_what_would_work(string word, params string[] arguments)
    {
        var (_, errors, code) = await Start(arguments);
        Assert.Equal(1, code);
        Assert.Contains(word, errors, StringComparison.Ordinal);
    }

    private async Task<JsonNode> Run(params string[] arguments)
    {
        var (output, errors, code) = await Start(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}\n{output}\n{errors}");
        return JsonNode.Parse(output)!;
    }

    private async Task<(string Output, string Errors, int Code)> Start(params string[] arguments)
    {
        using var process = ApiProcess.Start(["webhook", .. arguments], ("ConnectionStrings__Content", api.Connections.Content));
        var code = await process.Exit(Cancel);
        return (process.Output, process.Errors, code);
    }
}
