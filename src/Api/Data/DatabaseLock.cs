using Npgsql;

namespace Api.Data;

/// <summary>An advisory lock on a database, held by one process at a time. It lasts as long as this object and its connection.</summary>
/// <remarks>
/// An open transaction holds it, not a session: behind a pooler only a transaction is guaranteed to stay on its server connection. The
/// transaction has no snapshot, so it does not hold back vacuum.
/// </remarks>
internal sealed class DatabaseLock : IAsyncDisposable
{
    // The server may limit how long a transaction is idle and, from PostgreSQL 17, how long it takes in total.
    private const string DisableTimeoutsSql =
        "select set_config(name, '0', true) from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')";

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private DatabaseLock(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (this.connection, this.transaction) = (connection, transaction);

    /// <summary>Takes the lock; waits until no other process holds it.</summary>
    public static async Task<DatabaseLock> Take(NpgsqlDataSource source, long key, CancellationToken cancel) =>
        (await Take(source, $"select true from pg_advisory_xact_lock({key})", cancel))!;

    /// <summary>Takes the lock without waiting; null when another process holds it.</summary>
    public static Task<DatabaseLock?> TryTake(NpgsqlDataSource source, long key, CancellationToken cancel) =>
        Take(source, $"select pg_try_advisory_xact_lock({key})", cancel);

    public async ValueTask DisposeAsync()
    {
        // If the connection is broken, this does nothing, and the lock is already released.
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static async Task<DatabaseLock?> Take(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        var isTaken = false;
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancel);
            await using var command = new NpgsqlCommand($"{DisableTimeoutsSql}; {sql}", connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            isTaken = reader.GetBoolean(0);
            return isTaken ? new DatabaseLock(connection, transaction) : null;
        }
        finally
        {
            if (!isTaken)
                await connection.DisposeAsync();
        }
    }
}
