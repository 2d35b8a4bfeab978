using Dapper;
using Npgsql;

namespace Api.Import.Merging;

/// <summary>The transaction of an import.</summary>
/// <param name="Connection">The connection, with the transaction open.</param>
/// <param name="Stage">The filled staging tables.</param>
/// <param name="Now">The timestamp for changed items (UTC).</param>
/// <param name="Cancel">Cancels the import; nothing is written then.</param>
internal sealed record ImportSession(NpgsqlConnection Connection, Stage Stage, DateTime Now, CancellationToken Cancel)
{
    /// <summary>Runs statements that may use <c>@now</c>; returns the number of rows they wrote.</summary>
    public Task<int> Run(string sql) => Connection.ExecuteAsync(Command(sql, new { now = Now }));

    /// <summary>Returns one value.</summary>
    public Task<T?> Get<T>(string sql) => Connection.ExecuteScalarAsync<T>(Command(sql, new { now = Now }));

    /// <summary>Returns one value of a statement with its own parameters.</summary>
    public Task<T?> Get<T>(string sql, object parameters) => Connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    /// <summary>Returns all rows.</summary>
    public async Task<IReadOnlyList<T>> List<T>(string sql, object? parameters = null) =>
        [.. await Connection.QueryAsync<T>(Command(sql, parameters))];

    /// <summary>Runs a statement with its own parameters.</summary>
    public Task<int> Run(string sql, object parameters) => Connection.ExecuteAsync(Command(sql, parameters));

    // No time limit: an import of a million articles is one transaction.
    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, commandTimeout: 0, cancellationToken: Cancel);
}
