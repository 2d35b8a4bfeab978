using Dapper;
using Npgsql;

namespace Api.Data.Delivery;

/// <summary>Runs statements on one connection, one at a time, and so in the snapshot of its transaction.</summary>
/// <param name="connection">The connection.</param>
/// <param name="patience">Command timeout in seconds, 0 for none; null for that of the connection string.</param>
internal sealed class OneConnection(NpgsqlConnection connection, int? patience = null) : IQueries
{
    public Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel) =>
        DatabaseFailure.Tell(
            connection,
            async () =>
            {
                await using var results = await connection.QueryMultipleAsync(
                    new CommandDefinition(sql, parameters, commandTimeout: patience, cancellationToken: cancel)
                );
                return await read(results);
            }
        );
}
