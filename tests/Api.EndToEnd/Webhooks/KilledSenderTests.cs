using System.Text;
using Api.Data;
using Api.Http.Signing;
using Api.Http.Site;
using Api.Import;
using Api.Tests.Support;
using Api.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Api.EndToEnd.Webhooks;

/// <summary>Two processes on one database, of which the one that sends is killed.</summary>
public sealed class KilledSenderTests(TestServer server) : IAsyncLifetime
{
    private readonly List<ApiProcess> processes = [];
    private Connections connections = null!;
    private ContentDatabase content = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connections = await server.Clone();
        content = new ContentDatabase(connections);
        await Import(Some.ArticleType(new { slug = "brief" }));
        await Serve();
        await Serve();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            process.Dispose();
        await content.DisposeAsync();
        await server.Drop(connections);
    }

    [Fact]
    public async Task The_other_one_repeats_what_was_under_way_and_nothing_else()
    {
        var broken = new TaskCompletionSource();
        await using var receiver = await Receiver.Start();
        receiver.Answer = async (http, _) =>
        {
            http.RequestAborted.Register(() => broken.TrySetResult());
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        await Add(receiver.Url);
        await Import(Some.Article(new { slug = "first" }));
        await receiver.Has(1);

        receiver.AnswerWith(StatusCodes.Status204NoContent);
        // Whichever of them it is, a process that does not send has not taken part.
        processes[0].Kill();
        await Task.WhenAny(broken.Task, Task.Delay(TimeSpan.FromSeconds(3), Cancel));
        if (!broken.Task.IsCompleted)
        {
            await Serve();
            processes[1].Kill();
        }
        await broken.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        var repeated = (await receiver.Has(2))[1];
        Assert.Equal(receiver.Received[0].Id, repeated.Id);
        Assert.Equal(["first"], repeated.Slugs);
        await IsAcknowledged(repeated);

        // A process that was restarted knows what was acknowledged.
        foreach (var process in processes.Where(process => !process.HasExited))
            process.Kill();
        await Serve();
        await Import(Some.Article(new { slug = "second" }));
        Assert.Equal(["second"], (await receiver.Has(3))[2].Slugs);
        Assert.Equal(3, receiver.Received.Count);
    }

    private async Task Serve()
    {
        var process = ApiProcess.Start(
            ["serve", "--urls", "http://127.0.0.1:0"],
            ("ConnectionStrings__Content", connections.Content),
            ("Serilog__MinimumLevel__Default", "Warning")
        );
        processes.Add(process);
        await process.Listening(Cancel);
    }

    private async Task Add(string url)
    {
        var webhooks = new WebhookRepository(content);
        await webhooks.Add(
            new NewWebhook
            {
                Id = "wh_killed",
                Name = null,
                Url = url,
                Resources = ["article"],
                Topics = null,
                Signature = SigningKey.Symmetric,
                Secret = HmacKey.New().Secret,
                AllowPrivate = true,
                Token = (await webhooks.Newest(Cancel)).ToString(),
            },
            Cancel
        );
    }

    private Task IsAcknowledged(Received message) =>
        Eventually.Is(async () => (await new WebhookRepository(content).Find("wh_killed", Cancel))!.Token == message.Token);

    private async Task Import(params string[] lines)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var importer = new Importer(content, SiteSettings.From(new ConfigurationBuilder().Build()), TimeProvider.System);
        Assert.True((await importer.Run(NdjsonReader.Read(file), new ImportOptions(), Cancel)).Succeeded);
    }
}
