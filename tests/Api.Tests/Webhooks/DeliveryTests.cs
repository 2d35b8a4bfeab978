using Api.Tests.Support;
using Api.Webhooks;
using Dapper;
using Microsoft.AspNetCore.Http;

namespace Api.Tests.Webhooks;

/// <summary>Real receivers on this machine are told of what is imported.</summary>
public sealed class DeliveryTests(WebhookFixture api) : IClassFixture<WebhookFixture>, IAsyncLifetime
{
    private static int named;

    private readonly List<string> added = [];
    private readonly string slug = $"story-{Interlocked.Increment(ref named)}";
    private Receiver receiver = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => receiver = await Receiver.Start();

    public async ValueTask DisposeAsync()
    {
        foreach (var id in added)
            await api.Webhooks.Remove(id, CancellationToken.None);
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_change_is_told_once_signed_and_logged()
    {
        var (id, secret) = await Add();
        await api.Publish(slug);
        var message = (await receiver.Has(1))[0];
        Assert.Equal("POST", message.Method);
        Assert.Equal("/hook?a=b", message.Target);
        Assert.Equal("application/json", message.Headers["Content-Type"]);
        Assert.Matches("^content-api/[0-9.]+", message.Headers["User-Agent"]);
        Assert.True(message.IsSignedBy(secret));
        Assert.DoesNotContain(' ', message.Headers["webhook-signature"]);
        Assert.Equal(WebhookMessage.Changed, message.Type);
        Assert.Equal([slug], message.Slugs);
        Assert.Equal(message.Data["at"]!.GetValue<string>(), message.Json["timestamp"]!.GetValue<string>());
        Assert.Equal($"msg_{id}_{message.Token.Replace('.', '_')}", message.Id);
        Assert.Contains($"articles/{slug}", message.Data["invalidates"]!.AsArray().Select(key => key!.GetValue<string>()));
        Assert.DoesNotContain("traceparent", message.Headers.Keys);

        await Eventually.Is(async () => (await api.Info(id)).Token == message.Token);
        var line = Assert.Single(await api.Log(id));
        Assert.Equal((message.Id, WebhookMessage.Changed, 1, 204, null), (line.MessageId, line.Type, line.Try, line.Status, line.Failure));

        await api.Publish($"{slug}-b");
        var second = (await receiver.Has(2))[1];
        Assert.Equal(message.Token, second.Since);
        Assert.Equal([$"{slug}-b"], second.Slugs);
        Assert.Equal(2, receiver.Received.Count);
    }

    [Fact]
    public async Task Every_try_of_a_message_has_the_same_id_and_a_time_and_signature_of_its_own()
    {
        receiver.AnswerWith(500);
        var (id, secret) = await Add();
        await api.Publish(slug);
        await receiver.Has(1);
        await api.HasTried(id, 1);
        // Of what comes meanwhile, the message does not tell.
        await api.Publish($"{slug}-later");
        await api.Settle();
        await api.MakeDue(id);
        await receiver.Has(2);
        receiver.AnswerWith(200);
        await api.MakeDue(id);
        var all = await receiver.Has(4);
        Assert.Equal([all[0].Id, all[0].Id], [all[1].Id, all[2].Id]);
        Assert.All(all, message => Assert.True(message.IsSignedBy(secret)));
        Assert.All(all.Take(3), message => Assert.Equal([slug], message.Slugs));
        Assert.Equal([$"{slug}-later"], all[3].Slugs);
        Assert.Equal(all[0].Token, all[3].Since);
        var log = await api.HasTried(id, 4);
        Assert.Equal([(1, 200), (3, 200), (2, 500), (1, 500)], log.Select(line => (line.Try, line.Status ?? 0)));
    }

    [Fact]
    public async Task A_repeated_message_tells_an_item_as_it_is_now()
    {
        receiver.AnswerWith(500);
        var (id, _) = await Add();
        await api.Publish(slug);
        await api.HasTried(id, 1);
        await api.Import(Some.Article(new { slug, publicationStatus = "retracted" }));
        await api.Settle();
        receiver.AnswerWith(200);
        await api.MakeDue(id);
        var all = await receiver.Has(2);
        Assert.Equal(all[0].Id, all[1].Id);
        Assert.Equal("upsert", all[0].Data["changes"]![0]!["change"]!.GetValue<string>());
        Assert.Equal("delete", all[1].Data["changes"]![0]!["change"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_receiver_that_was_down_for_an_hour_gets_all_it_missed_in_two_messages()
    {
        var port = receiver.Port;
        var (id, secret) = await Add();
        await receiver.DisposeAsync();
        await api.Publish(slug);
        var log = await api.HasTried(id, 1);
        Assert.Equal((null, TryResult.NoConnection), (log[0].Status, log[0].Failure));
        for (var n = 0; n < 5; n++)
        {
            await api.Publish($"{slug}-{n}");
            await api.MakeDue(id);
            await api.HasTried(id, n + 2);
        }
        Assert.Equal("failing", (await api.Info(id)).State);
        await api.Settle();

        receiver = await Receiver.Start(port);
        await api.MakeDue(id);
        var all = await receiver.Has(2);
        Assert.All(all, message => Assert.True(message.IsSignedBy(secret)));
        Assert.Equal([slug], all[0].Slugs);
        Assert.Equal(Enumerable.Range(0, 5).Select(n => $"{slug}-{n}"), all[1].Slugs);
        await Eventually.Is(async () => (await api.Info(id)).Token == all[1].Token);
        Assert.Equal("enabled", (await api.Info(id)).State);
    }

    [Fact]
    public async Task A_slow_receiver_delays_no_other()
    {
        var go = new TaskCompletionSource();
        receiver.Answer = (_, _) => go.Task;
        await Add();
        await using var quick = await Receiver.Start();
        await Add(quick.Url);
        await api.Publish(slug);
        await receiver.Has(1);
        await quick.Has(1);
        await api.Publish($"{slug}-b");
        await quick.Has(2);
        // One at a time for each.
        Assert.Single(receiver.Received);
        go.SetResult();
        Assert.Equal([$"{slug}-b"], (await receiver.Has(2))[1].Slugs);
    }

    [Fact]
    public async Task An_answer_that_never_ends_acknowledges_by_its_status()
    {
        receiver.Answer = async (http, _) =>
        {
            http.Response.StatusCode = 200;
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.WriteAsync(new string('x', 100_000), CancellationToken.None);
                await http.Response.Body.FlushAsync(CancellationToken.None);
            }
        };
        var (id, _) = await Add();
        await api.Publish(slug);
        await receiver.Has(1);
        await api.Publish($"{slug}-b");
        await receiver.Has(2);
        Assert.All(await api.HasTried(id, 2), line => Assert.Equal(200, line.Status));
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_has_15_seconds()
    {
        receiver.Answer = (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted);
        var (id, _) = await Add();
        await api.Publish(slug);
        var line = (await api.HasTried(id, 1))[0];
        Assert.Equal((null, TryResult.Timeout), (line.Status, line.Failure));
        Assert.True(line.Milliseconds >= 15_000 - 100);
    }

    [Fact]
    public async Task A_410_disables_and_enabling_goes_on_where_it_was()
    {
        receiver.AnswerWith(410);
        var (id, _) = await Add();
        await api.Publish(slug);
        await Eventually.Is(async () => (await api.Info(id)).State == "disabled");
        Assert.Equal(Webhook.Gone, (await api.Info(id)).DisabledFor);
        await api.Publish($"{slug}-b");
        await api.Settle();
        receiver.AnswerWith(200);
        Assert.Single(receiver.Received);
        Assert.True(await api.Webhooks.Enable(id, Cancel));
        var all = await receiver.Has(3);
        Assert.Equal(all[0].Id, all[1].Id);
        Assert.Equal([$"{slug}-b"], all[2].Slugs);
    }

    [Fact]
    public async Task The_last_try_disables()
    {
        receiver.AnswerWith(500);
        var (id, _) = await Add();
        await api.Publish(slug);
        await api.HasTried(id, 1);
        await api.Execute($"update content.webhooks set waits = {RetryPlan.MostTries - 2}, next_try = clock_timestamp() where id = '{id}'");
        await api.HasTried(id, 2);
        Assert.Null((await api.Info(id)).DisabledFor);
        await api.MakeDue(id);
        await Eventually.Is(async () => (await api.Info(id)).DisabledFor == Webhook.Failed);
        Assert.Single(receiver.Received.Select(message => message.Id).Distinct());
        Assert.Equal(3, receiver.Received.Count);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var target = await Receiver.Start();
        receiver.AnswerWith(307, ("Location", target.Url));
        var (id, _) = await Add();
        await api.Publish(slug);
        Assert.Equal(307, (await api.HasTried(id, 1))[0].Status);
        Assert.Empty(target.Received);
        Assert.Equal("failing", (await api.Info(id)).State);
    }

    [Fact]
    public async Task Retry_After_is_heeded_even_when_something_new_comes()
    {
        receiver.AnswerWith(503, ("Retry-After", "1800"));
        var (id, _) = await Add();
        await api.Publish(slug);
        await api.HasTried(id, 1);
        Assert.InRange(await Scalar("extract(epoch from next_try - clock_timestamp())", id), 1_700, 1_800);
        await api.Execute($"update content.webhooks set tried_at = tried_at - interval '10 minutes' where id = '{id}'");
        await Told(async () => await api.Publish($"{slug}-b"));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task Something_new_brings_the_next_try_forward_once_a_minute_and_that_try_does_not_count()
    {
        receiver.AnswerWith(500);
        var (id, _) = await Add();
        await api.Publish(slug);
        await api.HasTried(id, 1);
        // The minute is not over.
        await api.Execute($"update content.webhooks set next_try = clock_timestamp() + interval '2 hours' where id = '{id}'");
        await Told(async () => await api.Publish($"{slug}-b"));
        Assert.Single(receiver.Received);
        await api.Execute($"update content.webhooks set tried_at = clock_timestamp() - interval '1 minute' where id = '{id}'");
        await receiver.Has(2);
        await api.HasTried(id, 2);
        Assert.Equal(1, await Scalar("waits", id));
        Assert.InRange(await Scalar("extract(epoch from next_try - clock_timestamp())", id), 7_000, 7_200);
        // Once for each event.
        await api.Execute($"update content.webhooks set tried_at = clock_timestamp() - interval '1 minute' where id = '{id}'");
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
        Assert.Equal(2, receiver.Received.Count);
        await api.Publish($"{slug}-c");
        Assert.Equal(receiver.Received[0].Id, (await receiver.Has(3))[2].Id);
    }

    [Fact]
    public async Task Only_what_is_in_the_scope_is_told()
    {
        await api.Import(Some.Topic(new { slug = $"{slug}-wide" }), Some.Topic(new { slug = $"{slug}-narrow", parent = $"{slug}-wide" }));
        var (topics, _) = await Add(topics: [$"{slug}-wide"]);
        await using var events = await Receiver.Start();
        var (resources, _) = await Add(events.Url, resources: ["event"]);
        await api.Publish(slug);
        await api.Import(Some.Event(new { slug = $"{slug}-event" }));
        await api.Publish($"{slug}-b", $"{slug}-narrow");
        Assert.Contains($"{slug}-b", (await receiver.Has(1))[0].Slugs);
        Assert.Equal([$"{slug}-event"], (await events.Has(1))[0].Slugs);
        // Its position moves all the same.
        var newest = (await api.Webhooks.Newest(Cancel)).ToString();
        await Eventually.Is(async () => (await api.Info(topics)).Token == newest && (await api.Info(resources)).Token == newest);
        Assert.DoesNotContain(slug, receiver.Received.SelectMany(message => message.Slugs));
        Assert.Single(events.Received);
    }

    [Fact]
    public async Task A_position_of_another_history_gets_a_resync_and_goes_on()
    {
        var (id, secret) = await Add();
        await api.Publish(slug);
        await receiver.Has(1);
        await api.HasTried(id, 1);
        receiver.AnswerWith(500);
        await api.Execute($"update content.webhooks set token = '1.AAAAAAAA' where id = '{id}'");
        await receiver.Has(2);
        await api.HasTried(id, 2);
        receiver.AnswerWith(200);
        await api.MakeDue(id);
        var all = await receiver.Has(3);
        Assert.Equal(WebhookMessage.Resync, all[1].Type);
        Assert.Equal(["all"], all[1].Data["invalidates"]!.AsArray().Select(key => key!.GetValue<string>()));
        Assert.Equal(all[0].Token, all[1].Token);
        Assert.Equal(all[1].Id, all[2].Id);
        Assert.True(all[2].IsSignedBy(secret));
        await api.Publish($"{slug}-b");
        Assert.Equal(all[2].Token, (await receiver.Has(4))[3].Since);
    }

    [Fact]
    public async Task A_replay_tells_everything_since_a_token_or_a_time_again()
    {
        var (id, _) = await Add();
        var before = await api.Webhooks.Newest(Cancel);
        await api.Publish(slug);
        await receiver.Has(1);
        await api.Publish($"{slug}-b");
        await receiver.Has(2);
        await api.HasTried(id, 2);
        Assert.True(await api.Webhooks.Replay(id, before, Cancel));
        var all = await receiver.Has(3);
        Assert.Equal([slug, $"{slug}-b"], all[2].Slugs);
        Assert.Equal(before.ToString(), all[2].Since);
        var first = all[0].Data["at"]!.GetValue<DateTime>();
        Assert.Equal(all[0].Token, (await api.Webhooks.At(first, Cancel)).ToString());
        Assert.Equal(before, await api.Webhooks.At(first.AddTicks(-10), Cancel));
        Assert.Null(await api.Webhooks.At(first.AddYears(-1), Cancel));
    }

    [Fact]
    public async Task Secrets_are_exchanged_without_a_gap()
    {
        var (id, old) = await Add();
        await api.Publish(slug);
        Assert.True((await receiver.Has(1))[0].IsSignedBy(old));
        await api.HasTried(id, 1);

        var next = Api.Http.Signing.HmacKey.New().Secret;
        Assert.True(await api.Webhooks.Rotate(id, next, TimeSpan.FromHours(1), Cancel));
        await api.Publish($"{slug}-b");
        var both = (await receiver.Has(2))[1];
        Assert.True(both.IsSignedBy(old));
        Assert.True(both.IsSignedBy(next));
        Assert.Equal(2, both.Headers["webhook-signature"].Split(' ').Length);
        await api.HasTried(id, 2);

        await api.Execute($"update content.webhooks set old_until = clock_timestamp() where id = '{id}'");
        await api.Publish($"{slug}-c");
        var one = (await receiver.Has(3))[2];
        Assert.False(one.IsSignedBy(old));
        Assert.True(one.IsSignedBy(next));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("8.8.8.8 127.0.0.1")]
    public async Task A_name_with_a_refused_address_is_not_connected_to(string addresses)
    {
        var name = $"{slug}.test";
        api.Names[name] = new([addresses]);
        var (id, _) = await Add($"http://{name}:{receiver.Port}/", allowPrivate: false);
        await api.Publish(slug);
        Assert.Equal((null, TryResult.Refused), (await api.HasTried(id, 1)) is [var line] ? (line.Status, line.Failure) : default);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task A_name_that_changes_after_it_was_checked_is_checked_again()
    {
        var name = $"{slug}.test";
        api.Names[name] = new(["8.8.8.8", "127.0.0.1"]);
        var (id, _) = await Add($"http://{name}:{receiver.Port}/", allowPrivate: false);
        await api.Publish(slug);
        var first = (await api.HasTried(id, 1))[0];
        Assert.NotEqual(TryResult.Refused, first.Failure);
        await api.MakeDue(id);
        Assert.Equal(TryResult.Refused, (await api.HasTried(id, 2))[0].Failure);
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_tried_again()
    {
        var (id, _) = await Add($"https://{slug}.invalid/");
        await api.Publish(slug);
        Assert.Equal(TryResult.UnknownName, (await api.HasTried(id, 1))[0].Failure);
    }

    [Fact]
    public async Task Lines_of_the_log_are_kept_for_30_days()
    {
        var (id, _) = await Add();
        await api.Execute(
            $"""
            insert into content.webhook_log (webhook_id, at, message_id, type, try, status, milliseconds)
            select '{id}', clock_timestamp() - d * interval '1 day', 'msg', 'webhook.test', 1, 200, 1 from generate_series(28, 32) d
            """
        );
        await new DeliveryStore(api.ContentDatabase).Prune(Cancel);
        Assert.Equal(2, (await api.Log(id)).Count);
    }

    private async Task<(string Id, string Secret)> Add(
        string? url = null,
        bool allowPrivate = true,
        string[]? resources = null,
        string[]? topics = null
    )
    {
        var one = await api.Add(url ?? receiver.Url, allowPrivate, resources, topics);
        added.Add(one.Id);
        return one;
    }

    // Does something and waits until another receiver has been told of one more change, and of what was stored before.
    private async Task Told(Func<Task> change)
    {
        await using var other = await Receiver.Start();
        await Add(other.Url);
        await change();
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
        await api.Publish($"{slug}-told-{other.Port}");
        await other.Has(1);
    }

    private async Task<double> Scalar(string expression, string id)
    {
        await using var connection = await api.Database.OpenConnectionAsync(Cancel);
        return await connection.ExecuteScalarAsync<double>($"select {expression} from content.webhooks where id = '{id}'");
    }
}
