using System.Threading.Channels;
using Api.Data;
using Api.Http.Errors;
using Api.Live;

namespace Api.Webhooks;

/// <summary>
/// Delivers to all webhooks while a lease is held. One loop stores results and starts tries; the tries themselves run beside it, one for
/// each webhook, so that a slow receiver delays no other.
/// </summary>
internal sealed class WebhookRounds(
    DeliveryStore store,
    WebhookPost post,
    ChangeEvents events,
    Lease lease,
    TimeProvider clock,
    ILogger log
) : IDisposable
{
    private const int MostAtOnce = 64;

    // Receivers that do not answer take 15 seconds a try. They leave room for the others.
    private const int MostRepeated = 32;

    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Target> targets = new(StringComparer.Ordinal);
    private readonly Channel<Finished?> ended = Channel.CreateUnbounded<Finished?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Finished> unstored = [];
    private readonly SemaphoreSlim all = new(MostAtOnce);
    private readonly SemaphoreSlim repeated = new(MostRepeated);
    private int running;
    private long? readAt;

    /// <summary>Delivers until no webhook is enabled, the lease is lost, or it is cancelled. Tries under way may then end.</summary>
    /// <exception cref="IOException">The lease was lost.</exception>
    public async Task Run(CancellationToken cancel)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancel);
        using var watch = events.Watch();
        try
        {
            var news = Task.CompletedTask;
            for (var isFailing = false; ; )
            {
                if (news.IsCompleted)
                    news = watch.Wait().AsTask();
                try
                {
                    if (!await Round(held.Token, stopping.Token))
                        return;
                    isFailing = false;
                }
                catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException or OverloadedException)
                {
                    // One log line per outage.
                    if (!isFailing)
                        log.LogWarning("Webhooks are held up: {Reason}", e.Message);
                    isFailing = true;
                }
                if (isFailing)
                    await Task.Delay(AfterFailure, clock, stopping.Token);
                else
                    await Wait(news, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ends below.
        }
        finally
        {
            held.CancelAfter(cancel.IsCancellationRequested ? Ending : TimeSpan.Zero);
            await End();
        }
    }

    public void Dispose()
    {
        all.Dispose();
        repeated.Dispose();
    }

    // False when there is nothing to do any more.
    private async Task<bool> Round(CancellationToken held, CancellationToken stopping)
    {
        await Store(stopping);
        if (readAt is not { } at || clock.GetElapsedTime(at) >= Reading)
            await Read(stopping);
        if (targets.Count == 0)
            return false;
        if (await events.Newest(stopping) is { } newest)
            await Start(newest, held, stopping);
        return true;
    }

    private async Task Store(CancellationToken cancel)
    {
        Collect();
        if (unstored.Count == 0)
            return;
        await store.Finish(lease, unstored, cancel);
        foreach (var one in unstored)
        {
            if (one.Outcome.Disabled is { } reason)
            {
                log.LogWarning("Webhook {Id} is disabled: {Reason}", one.Webhook.Id, reason);
                readAt = null;
            }
            else if (!one.Outcome.IsAcknowledged && one.Webhook.Tries == 0)
                log.LogInformation("Webhook {Id} failed: {Reason}", one.Webhook.Id, one.Result.Failure ?? $"{one.Result.Status}");
            targets[one.Webhook.Id].End(one);
        }
        unstored.Clear();
    }

    private void Collect()
    {
        while (ended.Reader.TryRead(out var one))
            Collect(one);
    }

    private void Collect(Finished? one)
    {
        running--;
        if (one is not null)
            unstored.Add(one);
    }

    // Commands add, move and disable webhooks.
    private async Task Read(CancellationToken cancel)
    {
        var rows = await store.Enabled(cancel);
        var newest = await events.Newest(cancel);
        readAt = clock.GetTimestamp();
        foreach (var row in rows)
        {
            if (!targets.TryGetValue(row.Id, out var target))
                targets.Add(row.Id, target = new Target(clock));
            target.Take(row, newest);
        }
        var ids = rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, target) in targets)
        {
            if (!target.IsBusy && !ids.Contains(id))
                targets.Remove(id);
        }
    }

    private async Task Start(ChangeToken newest, CancellationToken held, CancellationToken stopping)
    {
        var maker = new MessageMaker(events, clock);
        var messages = new Dictionary<string, (Webhook Webhook, WebhookMessage Message)>(StringComparer.Ordinal);
        var skipped = new List<(Webhook Webhook, ChangeToken Token)>();
        foreach (var target in targets.Values)
        {
            if (target.IsBusy || !await IsDue(target, newest, maker, stopping))
                continue;
            var (message, token) = await maker.Next(target.Webhook, stopping);
            if (message is not null)
                messages.Add(target.Webhook.Id, (target.Webhook, message));
            else if (target.Webhook.PendingToken is not null || token != target.Webhook.Since)
                skipped.Add((target.Webhook, token));
            else
                target.Seen = newest;
        }
        if (messages.Count + skipped.Count == 0)
            return;
        var begun = await store.Begin(lease, messages.Values, skipped, stopping);
        foreach (var (webhook, token) in skipped)
            targets[webhook.Id].Skip(token, newest);
        foreach (var row in begun)
        {
            var target = targets[row.Id];
            target.Begin(row, newest);
            running++;
            _ = Try(row, target.IsEarly, messages[row.Id].Message, held);
        }
        // A command has changed the others.
        if (begun.Count < messages.Count)
            readAt = null;
    }

    private static async Task<bool> IsDue(Target target, ChangeToken newest, MessageMaker maker, CancellationToken cancel)
    {
        if (target.Left is not { } left)
            return target.Seen != newest;
        if (left <= TimeSpan.Zero)
            return true;
        if (target.MayBeEarlier(newest) && await maker.HasMore(target.Webhook, cancel))
            target.BringForward();
        target.Seen = newest;
        return target.Left <= TimeSpan.Zero;
    }

    private async Task Try(Webhook webhook, bool isEarly, WebhookMessage message, CancellationToken held)
    {
        var id = WebhookMessage.Id(webhook.Id, message.Token);
        Finished? finished = null;
        try
        {
            using var slot = await Slot.Take(all, webhook.Tries > 0 ? repeated : null, held);
            finished = Finish(await post.Send(webhook, id, message.Body, held));
        }
        catch (OperationCanceledException)
        {
            // The next holder of the lease tries again.
        }
        catch (Exception e)
        {
            log.LogError(e, "A try of webhook {Id} failed unexpectedly", webhook.Id);
            finished = Finish(new TryResult(clock.GetUtcNow(), null, TryResult.NoAnswer, TimeSpan.Zero, null));
        }
        finally
        {
            ended.Writer.TryWrite(finished);
        }

        Finished Finish(TryResult result) =>
            new(webhook, id, result, RetryPlan.After(webhook.Waits, isEarly, result, Random.Shared.NextDouble()));
    }

    private async Task Wait(Task news, CancellationToken cancel)
    {
        var left = targets.Values.Where(target => !target.IsBusy).Min(target => target.Left) ?? Reading;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(
            Task.Delay(
                left < Shortest ? Shortest
                    : left < Reading ? left
                    : Reading,
                clock,
                limited.Token
            ),
            news,
            ended.Reader.WaitToReadAsync(limited.Token).AsTask()
        );
        await limited.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    private async Task End()
    {
        while (running > 0)
            Collect(await ended.Reader.ReadAsync());
        if (unstored.Count == 0 || lease.Lost.IsCancellationRequested)
            return;
        using var limited = new CancellationTokenSource(Ending);
        try
        {
            await store.Finish(lease, unstored, limited.Token);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is IOException or OperationCanceledException)
        {
            // They are tried again under the same ids.
        }
    }
}
