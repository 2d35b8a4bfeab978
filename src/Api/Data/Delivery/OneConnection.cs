using Dapper;
using Npgsql;

namespace Api.Data.Delivery;

/// <summary>Statements on one connection, and so in the snapshot of its transaction; one after the other.</summary>
/// <param name="connection">The connection.</param>
/// <param name="patience">Seconds that a statement may take, 0 for any; null: as the connection string says.</param>
internal sealed class OneConnection(NpgsqlConnection connection, int? patience = null) : IQueries
{
    public Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel) => DatabaseFailure.Tell(
        connection,
        async () =>
        {
            await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, parameters, commandTimeout: patience, cancellationToken: cancel));
            return await read(results);
        });
}
