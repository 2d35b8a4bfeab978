using Api.Data;
using Api.Http.Caching;
using Api.Purging;
using Dapper;

namespace Api.Live;

/// <summary>
/// Tells the other nodes up to which change this one answers: in a row, at every change and every three seconds. No event leaves before all
/// nodes have reached its change. While nobody waits for events, one report a second is enough.
/// </summary>
internal sealed class NodeReport(
    ContentDatabase content,
    AnswerCache cache,
    ChangeEvents events,
    Purger purger,
    TimeProvider clock,
    ILogger<NodeReport> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan UnawaitedInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    // Nodes that were killed leave their rows. The holder of the lease waits for notifications of nodes that have come further.
    private const string ReportSql = $"""
        insert into content.nodes (id, sequence, seen_at, listens) values (@id, @sequence, clock_timestamp(), @listens)
        on conflict (id) do update set sequence = excluded.sequence, seen_at = excluded.seen_at, listens = excluded.listens;
        delete from content.nodes where seen_at < clock_timestamp() - interval '1 minute';
        select coalesce(bool_or(n.listens), false) from content.nodes n where n.seen_at > clock_timestamp() - interval '10 seconds';
        select pg_notify('{LiveSignal.Channel}', '') where @changed
        """;

    private const string LeaveSql = $"delete from content.nodes where id = @id; select false; select pg_notify('{LiveSignal.Channel}', '')";

    private readonly Guid id = Guid.NewGuid();
    private bool isFailing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(LeaveSql, new { id }, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var reported = -1L; !stoppingToken.IsCancellationRequested; )
        {
            var (changed, begun) = (cache.NextChange, clock.GetTimestamp());
            if (cache.Now is { IsKnown: true } now)
            {
                var report = new
                {
                    id,
                    sequence = now.Sequence,
                    listens = events.IsWatched || purger.IsOn,
                    changed = now.Sequence != reported,
                };
                var isAwaited = await Try(ReportSql, report, stoppingToken);
                if (isAwaited is not null)
                    reported = now.Sequence;
                var least = isAwaited switch
                {
                    true => TimeSpan.Zero,
                    false => UnawaitedInterval,
                    null => RetryInterval,
                };
                if (least - clock.GetElapsedTime(begun) is { Ticks: > 0 } pause)
                    await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await changed
                .WaitAsync(reported == cache.Now.Sequence ? Interval : RetryInterval, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Whether events are waited for on any node; null when it failed.
    private async Task<bool?> Try(string sql, object parameters, CancellationToken cancel)
    {
        try
        {
            await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
            var isAwaited = await connection.ExecuteScalarAsync<bool>(
                new CommandDefinition(sql, parameters, commandTimeout: 5, cancellationToken: cancel)
            );
            isFailing = false;
            return isAwaited;
        }
        // Connections are disposed of while the process stops.
        catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException or OperationCanceledException)
        {
            // One log line per outage.
            if (!isFailing && !cancel.IsCancellationRequested)
                log.LogDebug("The state of this node cannot be written: {Reason}", e.Message);
            isFailing = true;
            return null;
        }
    }
}
