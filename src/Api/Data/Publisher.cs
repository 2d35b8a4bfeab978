namespace Api.Data;

/// <summary>
/// Publishes scheduled and embargoed items, and withdraws expired ones, when they are due. One node of the cluster does so at a time.
/// </summary>
internal sealed class Publisher(ContentDatabase content, TimeProvider clock, ILogger<Publisher> log) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);

    // Publishes due items and returns the seconds until the next item is due, null for none; then, whether an item is overdue by five
    // seconds. The database's clock decides.
    private const string PublishSql = """
        select extract(epoch from content.publish_due() - clock_timestamp())::double precision,
               exists (select from content.items where not live and visible_from <= now() - interval '5 s' and (expires_at is null or expires_at > now()))
               or exists (select from content.items where live and expires_at <= now() - interval '5 s')
        """;

    private readonly Punctuality punctuality = new(clock);

    /// <summary>Time since no item was overdue, on any node.</summary>
    public TimeSpan Lateness => punctuality.Lateness;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Longest;
            try
            {
                wait = await Publish(stoppingToken);
                if (failing)
                    log.LogInformation("Publishing again");
                failing = false;
            }
            catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
            {
                // One log line per outage: the loop retries every second.
                if (!failing)
                    log.LogWarning("Publishing is held up, trying every second: {Reason}", e.Message);
                failing = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<TimeSpan> Publish(CancellationToken cancel)
    {
        await using var command = content.DataSource.CreateCommand(PublishSql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        double? seconds = reader.IsDBNull(0) ? null : reader.GetDouble(0);
        var isLate = reader.GetBoolean(1);
        // An error at the commit is thrown here.
        await reader.NextResultAsync(cancel);
        if (!isLate)
            punctuality.Done();
        return seconds is null or > 1 ? Longest : TimeSpan.FromSeconds(Math.Max(seconds.Value, Shortest.TotalSeconds));
    }
}
