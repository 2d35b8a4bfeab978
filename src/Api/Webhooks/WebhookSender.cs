using Api.Data;
using Api.Live;

namespace Api.Webhooks;

/// <summary>Sends change events to webhooks. One node of the cluster does so at a time.</summary>
internal sealed class WebhookSender(
    ContentDatabase content,
    DeliveryStore store,
    WebhookPost post,
    ChangeEvents events,
    LiveSignal signal,
    TimeProvider clock,
    ILogger<WebhookSender> log
) : BackgroundService
{
    /// <summary>The name of the lease.</summary>
    public const string LeaseName = "webhooks";

    // Without webhooks, one small query in the longer time, or after an event. With webhooks, one try to get the lease in that time.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pruning = TimeSpan.FromHours(1);

    private long? prunedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var isFailing = false; !stoppingToken.IsCancellationRequested; )
        {
            var news = signal.Next;
            try
            {
                if (prunedAt is not { } at || clock.GetElapsedTime(at) >= Pruning)
                {
                    await store.Prune(stoppingToken);
                    prunedAt = clock.GetTimestamp();
                }
                if (await store.HasAny(stoppingToken))
                    await Send(stoppingToken);
                isFailing = false;
            }
            catch (IOException e)
            {
                log.LogWarning("Webhooks: {Reason}", e.Message);
            }
            catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
            {
                // One log line per outage.
                if (!isFailing)
                    log.LogWarning("Webhooks are held up: {Reason}", e.Message);
                isFailing = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(Shortest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await news.WaitAsync(Longest - Shortest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Send(CancellationToken cancel)
    {
        await using var lease = await Lease.TryTake(content.DataSource, LeaseName, cancel);
        if (lease is null)
            return;
        using var rounds = new WebhookRounds(store, post, events, lease, clock, log);
        await rounds.Run(cancel);
    }
}
