using Dapper;
using Npgsql;

namespace Api.Import.Merging;

/// <summary>The transaction of an import.</summary>
/// <param name="Connection">With the transaction open.</param>
/// <param name="Stage">The filled staging tables.</param>
/// <param name="Now">The instant that changed items get (UTC).</param>
/// <param name="Cancel">Ends the import; nothing is written then.</param>
internal sealed record ImportSession(NpgsqlConnection Connection, Stage Stage, DateTime Now, CancellationToken Cancel)
{
    /// <summary>Runs statements that may use <c>@now</c>; returns the rows they wrote.</summary>
    public Task<int> Run(string sql) => Connection.ExecuteAsync(Command(sql, new { now = Now }));

    /// <summary>One value.</summary>
    public Task<T?> Get<T>(string sql) => Connection.ExecuteScalarAsync<T>(Command(sql, new { now = Now }));

    /// <summary>One value, of a statement with parameters of its own.</summary>
    public Task<T?> Get<T>(string sql, object parameters) => Connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    /// <summary>All rows.</summary>
    public async Task<IReadOnlyList<T>> List<T>(string sql, object? parameters = null) => [.. await Connection.QueryAsync<T>(Command(sql, parameters))];

    /// <summary>Runs a statement with parameters of its own.</summary>
    public Task<int> Run(string sql, object parameters) => Connection.ExecuteAsync(Command(sql, parameters));

    // However long it takes: an import of a million articles is one transaction.
    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, commandTimeout: 0, cancellationToken: Cancel);
}
