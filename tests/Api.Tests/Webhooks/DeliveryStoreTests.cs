using Api.Data;
using Api.Live;
using Api.Tests.Support;
using Api.Webhooks;
using Npgsql;

namespace Api.Tests.Webhooks;

/// <summary>What is stored, without a sender: that of the fixture has no webhook that it may send to.</summary>
public sealed class DeliveryStoreTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DeliveryStore Store => new(api.ContentDatabase);

    [Fact]
    public async Task Who_lost_the_lease_stores_nothing()
    {
        var webhook = await Begun("wh_lost", "2.BBBBBBBB");
        await using var lease = await Take("lost");
        await api.Execute("update content.leases set until = clock_timestamp() - interval '1 second' where name = 'lost'");
        await using var other = await Take("lost");
        await Assert.ThrowsAsync<IOException>(() => Store.Finish(lease, [Acknowledged(webhook)], Cancel));
        await Assert.ThrowsAsync<IOException>(() => Store.Begin(lease, [], [(webhook, ChangeToken.Read("3.CCCCCCCC")!.Value)], Cancel));
        Assert.Equal(("1.AAAAAAAA", "2.BBBBBBBB"), await Place("wh_lost"));
        Assert.Empty(await Repository.Log("wh_lost", false, 10, Cancel));

        await Store.Finish(other, [Acknowledged(webhook)], Cancel);
        Assert.Equal(("2.BBBBBBBB", null), await Place("wh_lost"));
        Assert.Single(await Repository.Log("wh_lost", false, 10, Cancel));
    }

    [Fact]
    public async Task An_acknowledgement_does_not_undo_a_replay()
    {
        var webhook = await Begun("wh_moved", "2.BBBBBBBB");
        await using var lease = await Take("moved");
        Assert.True(await Repository.Replay("wh_moved", ChangeToken.Read("1.ZZZZZZZZ")!.Value, Cancel));
        await Store.Finish(lease, [Acknowledged(webhook)], Cancel);
        Assert.Equal(("1.ZZZZZZZZ", null), await Place("wh_moved"));
        Assert.Single(await Repository.Log("wh_moved", false, 10, Cancel));
    }

    [Fact]
    public async Task A_result_of_a_removed_webhook_is_dropped()
    {
        var webhook = await Begun("wh_removed", "2.BBBBBBBB");
        await using var lease = await Take("removed");
        Assert.True(await Repository.Remove("wh_removed", Cancel));
        await Store.Finish(lease, [Acknowledged(webhook)], Cancel);
        Assert.False(await Repository.Remove("wh_removed", Cancel));
    }

    [Fact]
    public async Task The_message_is_stored_before_it_is_tried_and_stays_the_same()
    {
        await Begun("wh_begun", "2.BBBBBBBB");
        await using var lease = await Take("begun");
        // A sender that still thinks that nothing is under way.
        var stale = new Webhook { Id = "wh_begun", Token = "1.AAAAAAAA" };
        Assert.Empty(
            await Store.Begin(lease, [(stale, new(WebhookMessage.Changed, ChangeToken.Read("3.CCCCCCCC")!.Value, []))], [], Cancel)
        );
        Assert.Equal(("1.AAAAAAAA", "2.BBBBBBBB"), await Place("wh_begun"));
    }

    [Fact]
    public async Task No_reading_login_sees_webhooks()
    {
        await Begun("wh_secret", "2.BBBBBBBB");
        foreach (var table in new[] { "webhooks", "webhook_log" })
        {
            await using var connection = new NpgsqlConnection(api.Connections.Delivery);
            await connection.OpenAsync(Cancel);
            await using var command = new NpgsqlCommand($"select count(*) from content.{table}", connection);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync(Cancel));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
        await using var owner = await api.Database.OpenConnectionAsync(Cancel);
        await using var others = new NpgsqlCommand(
            """
            select count(*) from information_schema.table_privileges p
            where  p.table_name in ('webhooks', 'webhook_log') and p.grantee not in ('content_owner', 'postgres')
            """,
            owner
        );
        Assert.Equal(0L, await others.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task No_export_snapshot_or_answer_has_them()
    {
        await Begun("wh_hidden", "2.BBBBBBBB");
        using var export = new MemoryStream();
        await new Api.Export.Exporter(api.ContentDatabase).Run(export, null, Cancel);
        var texts = new[]
        {
            System.Text.Encoding.UTF8.GetString(export.ToArray()),
            await api.Client.GetStringAsync(new Uri("/v1/snapshot", UriKind.Relative), Cancel),
            await api.Client.GetStringAsync(new Uri("/v1", UriKind.Relative), Cancel),
            await api.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancel),
        };
        Assert.All(
            texts,
            text =>
            {
                Assert.DoesNotContain("whsec_", text, StringComparison.Ordinal);
                Assert.DoesNotContain("receiver.invalid", text, StringComparison.Ordinal);
            }
        );
    }

    private WebhookRepository Repository => new(api.ContentDatabase);

    private async Task<Webhook> Begun(string id, string pending)
    {
        // Disabled for the sender of the fixture.
        await api.Execute(
            $"""
            insert into content.webhooks (id, url, signature, secret, allow_private, token, pending_token, pending_type, disabled_at)
            values ('{id}', 'https://receiver.invalid/', 'v1', '{Secret}', false, '1.AAAAAAAA', '{pending}', 'content.changed', now())
            """
        );
        return (await Repository.Find(id, Cancel))!;
    }

    private async Task<Lease> Take(string name)
    {
        var lease = await Lease.TryTake(api.Database, name, Cancel);
        Assert.NotNull(lease);
        return lease;
    }

    private static Finished Acknowledged(Webhook webhook) =>
        new(
            webhook,
            "msg_1",
            new TryResult(TimeProvider.System.GetUtcNow(), 200, null, TimeSpan.Zero, null),
            new Outcome { IsAcknowledged = true }
        );

    private async Task<(string Token, string? Pending)> Place(string id)
    {
        var webhook = await Repository.Find(id, Cancel);
        return (webhook!.Token, webhook.PendingToken);
    }
}
