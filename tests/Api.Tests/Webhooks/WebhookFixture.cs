using System.Collections.Concurrent;
using System.Net;
using Api.Http.Guarded;
using Api.Http.Signing;
using Api.Tests.Support;
using Api.Webhooks;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Webhooks;

/// <summary>An API that sends webhooks. Names that end in <c>.test</c> have the addresses that a test gives them.</summary>
public sealed class WebhookFixture(TestServer server) : ContentFixture(server)
{
    private int added;

    /// <summary>The addresses of names, for one look-up after the other; the last ones stay.</summary>
    internal ConcurrentDictionary<string, ConcurrentQueue<string>> Names { get; } = new();

    internal ConcurrentQueue<string> LookUps { get; } = new();

    internal WebhookRepository Webhooks => new(ContentDatabase);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton(new GuardedHttp(Resolve));

    /// <summary>Adds a webhook, which begins with the next change.</summary>
    internal async Task<(string Id, string Secret)> Add(
        string url,
        bool allowPrivate = true,
        string[]? resources = null,
        string[]? topics = null,
        string signature = SigningKey.Symmetric
    )
    {
        var key = SigningKey.New(signature);
        var id = $"wh_test{Interlocked.Increment(ref added)}";
        await Settle();
        await Webhooks.Add(
            new NewWebhook
            {
                Id = id,
                Name = null,
                Url = url,
                Resources = resources,
                Topics = topics is null ? null : [.. (await Webhooks.Topics(topics, Cancel)).Values],
                Signature = signature,
                Secret = key.Secret,
                AllowPrivate = allowPrivate,
                Token = (await Webhooks.Newest(Cancel)).ToString(),
            },
            Cancel
        );
        return (id, key.ForReceiver);
    }

    /// <summary>Imports an article of the type of this fixture.</summary>
    internal Task Publish(string slug, params string[] topics) => Import(Some.Article(new { slug, topics }));

    /// <summary>What <c>webhook list</c> shows of one.</summary>
    internal async Task<WebhookInfo> Info(string id) => Assert.Single(await Webhooks.List(id, Cancel));

    internal Task<IReadOnlyList<LoggedTry>> Log(string id) => Webhooks.Log(id, failed: false, limit: 100, Cancel);

    /// <summary>Has the next try of a message be due now.</summary>
    internal Task MakeDue(string id) => Execute($"update content.webhooks set next_try = clock_timestamp() where id = '{id}'");

    /// <summary>Waits until a number of tries are in the log, and returns it, newest first.</summary>
    internal async Task<IReadOnlyList<LoggedTry>> HasTried(string id, int tries)
    {
        await Eventually.Is(async () => (await Log(id)).Count >= tries, $"It was not tried {tries} times.");
        return await Log(id);
    }

    /// <summary>Waits until every change so far has been released as an event.</summary>
    internal async Task Settle() =>
        await Eventually.Is(async () =>
        {
            await using var connection = await Database.OpenConnectionAsync(Cancel);
            return await connection.ExecuteScalarAsync<bool>(
                "select h.sequence = coalesce((select max(e.sequence) from content.change_events e where e.released_at is not null), -1) from content.head h"
            );
        });

    private Task<IPAddress[]> Resolve(string host, CancellationToken cancel)
    {
        LookUps.Enqueue(host);
        if (!Names.TryGetValue(host, out var answers))
            return Dns.GetHostAddressesAsync(host, cancel);
        if (answers.Count <= 1 || !answers.TryDequeue(out var addresses))
            answers.TryPeek(out addresses);
        return Task.FromResult(addresses!.Split(' ').Select(IPAddress.Parse).ToArray());
    }
}
