using Dapper;
using Npgsql;

namespace Api.Data;

/// <summary>
/// A lease on work that one process at a time does on a database: a row that expires after 10 s by the database's clock and is renewed
/// every 3 s. Unlike <see cref="DatabaseLock"/> it needs no open transaction, and it is free 10 s after its holder is killed.
/// </summary>
internal sealed class Lease : IAsyncDisposable
{
    private const string TakeSql = """
        insert into content.leases (name, holder, until) values (@name, @holder, clock_timestamp() + interval '10 seconds')
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
        where  leases.holder = excluded.holder or leases.until < clock_timestamp()
        """;

    private const string HoldsSql =
        "select exists (select from content.leases where name = @name and holder = @holder and until > clock_timestamp() for update)";

    private const string ReturnSql = "delete from content.leases where name = @name and holder = @holder";

    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource source;
    private readonly string name;
    private readonly Guid holder;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource returned = new();
    private readonly Task renewing;

    private Lease(NpgsqlDataSource source, string name, Guid holder)
    {
        (this.source, this.name, this.holder) = (source, name, holder);
        renewing = Renew();
    }

    /// <summary>Cancelled when it could not be renewed in time, or another process holds it.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Takes the lease; null while another process holds it.</summary>
    public static async Task<Lease?> TryTake(NpgsqlDataSource source, string name, CancellationToken cancel)
    {
        var holder = Guid.NewGuid();
        return await Take(source, name, holder, cancel) ? new Lease(source, name, holder) : null;
    }

    /// <summary>
    /// Makes sure that no other process takes the lease before a transaction ends. Call it within the transaction, shortly before its end.
    /// </summary>
    /// <exception cref="IOException">The lease was lost.</exception>
    public async Task Assert(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(HoldsSql, new { name, holder }, cancellationToken: cancel)))
            throw new IOException($"another process has taken over ({name})");
    }

    public async ValueTask DisposeAsync()
    {
        await returned.CancelAsync();
        await renewing;
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            await connection.ExecuteAsync(ReturnSql, new { name, holder });
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            // The lease expires by itself.
        }
        lost.Dispose();
        returned.Dispose();
    }

    private async Task Renew()
    {
        for (var last = TimeProvider.System.GetTimestamp(); ; )
        {
            await Task.Delay(RenewalInterval, returned.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (returned.IsCancellationRequested)
                return;
            try
            {
                var asked = TimeProvider.System.GetTimestamp();
                if (!await Take(source, name, holder, returned.Token))
                    break;
                last = asked;
            }
            catch (OperationCanceledException) when (returned.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseFailure.Is(e))
            {
                if (TimeProvider.System.GetElapsedTime(last) > Duration)
                    break;
            }
        }
        await lost.CancelAsync();
    }

    private static async Task<bool> Take(NpgsqlDataSource source, string name, Guid holder, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await connection.ExecuteAsync(
                new CommandDefinition(TakeSql, new { name, holder }, commandTimeout: 5, cancellationToken: cancel)
            ) == 1;
    }
}
