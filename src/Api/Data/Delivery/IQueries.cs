using Dapper;

namespace Api.Data.Delivery;

/// <summary>Runs statements of the delivery login: on a chosen server, or on one connection within its snapshot.</summary>
internal interface IQueries
{
    /// <summary>
    /// Several statements in one round trip, separated by semicolons, in one snapshot; <paramref name="read"/> reads their results in
    /// order.
    /// </summary>
    Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel);
}
