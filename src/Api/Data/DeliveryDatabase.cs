using Dapper;
using Npgsql;

namespace Api.Data;

/// <summary>The database as the public may see it: a read-only login that can select from the <c>delivery</c> views and nothing else, on a standby when there is one.</summary>
/// <remarks>
/// Every call is one round trip and one snapshot (repeatable read is the login's default). Escapes: <see cref="NpgsqlException"/> when the server cannot be
/// reached or is silent for three seconds, twice; <see cref="TimeoutException"/> when the pool stays empty; <see cref="PostgresException"/> 57014 after the login's
/// statement timeout of two seconds.
/// </remarks>
internal sealed class DeliveryDatabase : IAsyncDisposable
{
    // Measured: a small pool has the throughput of a large one at a fifth of its p99.
    private static readonly int PoolSize = Math.Max(4, 2 * Environment.ProcessorCount);

    private readonly NpgsqlDataSource source;

    public DeliveryDatabase(Connections connections)
    {
        var builder = new NpgsqlDataSourceBuilder(connections.Delivery);
        // Measured: prepared statements and no reset between uses double the throughput together.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        if (!builder.ConnectionStringBuilder.ShouldSerialize("Max Auto Prepare"))
            (builder.ConnectionStringBuilder.MaxAutoPrepare, builder.ConnectionStringBuilder.AutoPrepareMinUsages) = (200, 1);
        // The server ends a statement sooner: who hears nothing for longer has a connection that leads nowhere.
        if (!builder.ConnectionStringBuilder.ShouldSerialize("Command Timeout"))
            (builder.ConnectionStringBuilder.CommandTimeout, builder.ConnectionStringBuilder.CancellationTimeout) = (3, 500);
        if (!builder.ConnectionStringBuilder.ShouldSerialize("Timeout"))
            builder.ConnectionStringBuilder.Timeout = 3;
        source = DataSources.Create(builder, PoolSize, TargetSessionAttributes.PreferStandby);
        DapperSettings.Apply();
    }

    /// <summary>All rows of one statement, in order.</summary>
    public Task<IReadOnlyList<T>> Query<T>(string sql, object? parameters, CancellationToken cancel) =>
        Ask<IReadOnlyList<T>>(async connection => (await connection.QueryAsync<T>(Command(sql, parameters, cancel))).AsList(), cancel);

    /// <summary>The first row of one statement; null (default) when there is none.</summary>
    public Task<T?> QueryFirst<T>(string sql, object? parameters, CancellationToken cancel) =>
        Ask(connection => connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters, cancel)), cancel);

    /// <summary>Several statements in one round trip, separated by semicolons and seen in one snapshot; <paramref name="read"/> reads their results in order.</summary>
    /// <remarks><paramref name="read"/> may be called a second time, after a connection that broke.</remarks>
    public Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel) =>
        Ask(
            async connection =>
            {
                await using var results = await connection.QueryMultipleAsync(Command(sql, parameters, cancel));
                return await read(results);
            },
            cancel);

    public async ValueTask DisposeAsync() => await source.DisposeAsync();

    /// <summary>Gives up the connections there are; those in use once they are returned.</summary>
    public void Reconnect() => source.Clear();

    // After a restart of the server, or of what is between, the pool is full of dead connections. The first to notice empties it, so asking once more is enough.
    private async Task<T> Ask<T>(Func<NpgsqlConnection, Task<T>> ask, CancellationToken cancel)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            RoundTrips.Count();
            await using var connection = await source.OpenConnectionAsync(cancel);
            try
            {
                return await ask(connection);
            }
            catch (NpgsqlException e) when (isFirst && HasBroken(e))
            {
                Reconnect();
            }
        }
    }

    private static bool HasBroken(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } || exception.InnerException is IOException or TimeoutException;

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancel) => new(sql, parameters, cancellationToken: cancel);
}
