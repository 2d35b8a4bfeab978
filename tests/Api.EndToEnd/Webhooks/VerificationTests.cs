using System.Text.Json;
using System.Text.RegularExpressions;
using Api.Data;
using Api.EndToEnd.Support;
using Api.Http.Signing;
using Api.Tests.Support;
using Api.Webhooks;

namespace Api.EndToEnd.Webhooks;

/// <summary>Others verify what is sent: the reference library of Standard Webhooks, and the code in <c>docs/webhooks.md</c>.</summary>
public sealed partial class VerificationTests(ContentFixture api, NodeTools node) : IClassFixture<ContentFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("webhook-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_reference_library_verifies_symmetric_signatures_also_while_a_secret_is_replaced()
    {
        await using var receiver = await Receiver.Start();
        var (id, secret) = await Add(receiver, SigningKey.Symmetric);
        await api.Import(Some.Article(new { title = "Ñandú & <b>" }));
        var file = await Keep((await receiver.Has(1))[0]);
        Assert.Equal(WebhookMessage.Changed, (await node.Run("readers/webhook.mjs", secret, file)).Trim());

        var next = SigningKey.New(SigningKey.Symmetric);
        var repository = new WebhookRepository(api.ContentDatabase);
        Assert.True(await repository.Rotate(id, next.Secret, TimeSpan.FromHours(24), Cancel));
        await api.Import(Some.Article());
        file = await Keep((await receiver.Has(2))[1]);
        foreach (var one in new[] { secret, next.Secret })
            Assert.Equal(WebhookMessage.Changed, (await node.Run("readers/webhook.mjs", one, file)).Trim());
        await repository.Remove(id, Cancel);
    }

    [Fact]
    public async Task The_code_of_the_document_verifies_asymmetric_signatures_with_the_public_key()
    {
        await using var receiver = await Receiver.Start();
        var (id, publicKey) = await Add(receiver, SigningKey.Asymmetric);
        Assert.StartsWith("whpk_", publicKey, StringComparison.Ordinal);
        await api.Import(Some.Article());
        var file = await Keep((await receiver.Has(1))[0]);
        var document = await File.ReadAllTextAsync(Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "webhooks.md"), Cancel);
        var script = Path.Combine(folder, "verify.mjs");
        await File.WriteAllTextAsync(
            script,
            $$"""
            import { readFileSync } from "node:fs";
            const [publicKey, file, change] = process.argv.slice(2);
            const message = JSON.parse(readFileSync(file, "utf8"));
            const headers = message.headers;
            const body = Buffer.concat([Buffer.from(message.body, "base64"), Buffer.from(change)]);
            {{Code().Match(document).Groups[1].Value}}
            console.log(isGenuine);
            """,
            Cancel
        );
        Assert.Equal("true", (await node.Run(script, publicKey, file, "")).Trim());
        Assert.Equal("false", (await node.Run(script, publicKey, file, " ")).Trim());
        Assert.Equal("false", (await node.Run(script, SigningKey.New(SigningKey.Asymmetric).ForReceiver, file, "")).Trim());
        await new WebhookRepository(api.ContentDatabase).Remove(id, Cancel);
    }

    private async Task<(string Id, string ForReceiver)> Add(Receiver receiver, string signature)
    {
        var key = SigningKey.New(signature);
        var repository = new WebhookRepository(api.ContentDatabase);
        var id = $"wh_{signature}";
        await repository.Add(
            new NewWebhook
            {
                Id = id,
                Name = null,
                Url = receiver.Url,
                Resources = ["article"],
                Topics = null,
                Signature = signature,
                Secret = key.Secret,
                AllowPrivate = true,
                Token = (await repository.Newest(Cancel)).ToString(),
            },
            Cancel
        );
        return (id, key.ForReceiver);
    }

    private async Task<string> Keep(Received message)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid()}.json");
        var headers = message.Headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase));
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new { headers = headers.ToDictionary(), body = Convert.ToBase64String(message.Body) }),
            Cancel
        );
        return file;
    }

    [GeneratedRegex("```js\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
