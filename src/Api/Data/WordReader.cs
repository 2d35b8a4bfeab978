using Npgsql;

namespace Api.Data;

/// <summary>Indexes, for search, the words of items that a large commit left unread. One node of the cluster does so at a time.</summary>
internal sealed class WordReader(ContentDatabase content, TimeProvider clock, ILogger<WordReader> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // About a second of work. Other transactions can commit during all but a tenth of it.
    private const string ReadSql = "select content.read_unread(1000, @part, @parts, @waits)";

    // The next unread item. If it is the same as before, no node has made progress.
    private const string NextSql = "select u.item_id || '/' || u.transaction from content.unread_texts u order by u.item_id limit 1";

    // Each uses a core of the server.
    private static readonly int Readers = Math.Clamp(Environment.ProcessorCount, 1, 4);

    private readonly Punctuality punctuality = new(clock);
    private string? next;

    /// <summary>Time since any node read words, or none were left to read.</summary>
    public TimeSpan Lateness => punctuality.Lateness;

    /// <summary>
    /// Reads the words of all unread items, on several connections for more than 1,000 items. Waits while another process reads them.
    /// </summary>
    public static async Task ReadAll(NpgsqlConnection first, NpgsqlDataSource source, CancellationToken cancel)
    {
        if (!await Read(first, 0, 1, true, cancel))
            return;
        await Task.WhenAll(
            Enumerable
                .Range(0, Readers)
                .Select(async part =>
                {
                    await using var connection = await source.OpenConnectionAsync(cancel);
                    while (await Read(connection, part, Readers, true, cancel)) { }
                })
        );
    }

    // Reads a batch. Returns whether there may be more; also false when another process is reading and waits is false.
    private static async Task<bool> Read(NpgsqlConnection connection, int part, int parts, bool waits, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ReadSql, connection)
        {
            CommandTimeout = 0,
            Parameters = { new("part", part), new("parts", parts), new("waits", waits) },
        };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                await using var connection = await content.DataSource.OpenConnectionAsync(stoppingToken);
                more = await Read(connection, 0, 1, false, stoppingToken);
                await RecordProgress(connection, stoppingToken);
            }
            catch (Exception e) when (DatabaseFailure.Is(e) || e is InvalidOperationException)
            {
                // Other services already log that the database is unavailable.
                log.LogDebug("Reading words later: {Reason}", e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            if (!more)
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RecordProgress(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(NextSql, connection);
        var left = await command.ExecuteScalarAsync(cancel) as string;
        if (left is null || left != next)
            punctuality.Done();
        next = left;
    }
}
