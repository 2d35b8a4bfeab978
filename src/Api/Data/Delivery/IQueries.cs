using Dapper;

namespace Api.Data.Delivery;

/// <summary>Where statements of the delivery login go: to a server that may answer, or to one connection and its snapshot.</summary>
internal interface IQueries
{
    /// <summary>Several statements in one round trip, separated by semicolons and seen in one snapshot; <paramref name="read"/> reads their results in order.</summary>
    Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel);
}
