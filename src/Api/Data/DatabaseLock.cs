using Npgsql;

namespace Api.Data;

/// <summary>A lock that one process at a time has on a database, by a number. It lasts as long as this object and its connection.</summary>
/// <remarks>It is held by a transaction that stays open, not by a session: behind a pooler only a transaction is sure to stay where it is. Such a transaction has no snapshot, so nothing is kept from being vacuumed.</remarks>
internal sealed class DatabaseLock : IAsyncDisposable
{
    // An administrator may have limited how long a transaction does nothing; PostgreSQL 17 can limit all of it.
    private const string PatienceSql = "select set_config(name, '0', true) from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')";

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private DatabaseLock(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    /// <summary>Waits until nobody else has it.</summary>
    public static async Task<DatabaseLock> Take(NpgsqlDataSource source, long key, CancellationToken cancel) =>
        (await Take(source, $"select true from pg_advisory_xact_lock({key})", cancel))!;

    /// <summary>Takes it at once; null when somebody else has it.</summary>
    public static Task<DatabaseLock?> TryTake(NpgsqlDataSource source, long key, CancellationToken cancel) =>
        Take(source, $"select pg_try_advisory_xact_lock({key})", cancel);

    public async ValueTask DisposeAsync()
    {
        // One that has broken needs nothing more, and its lock is gone.
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
            await using var command = new NpgsqlCommand($"{PatienceSql}; {sql}", connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            isTaken = reader.GetBoolean(0);
            return isTaken ? new DatabaseLock(connection, transaction) : null;
        }
        finally
        {
            if (!isTaken) await connection.DisposeAsync();
        }
    }
}
