using Dapper;

namespace Api.Data.Delivery;

/// <summary>
/// Runs statements on the views of schema <c>delivery</c>: on a chosen server, on one connection within its snapshot, or for a preview on
/// the views of the same names in schema <c>preview</c>.
/// </summary>
internal interface IQueries
{
    /// <summary>
    /// Several statements in one round trip, separated by semicolons, in one snapshot; <paramref name="read"/> reads their results in
    /// order.
    /// </summary>
    Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel);
}

/// <summary>Single statements.</summary>
internal static class SingleQueries
{
    /// <summary>All rows of one statement, in order.</summary>
    public static Task<IReadOnlyList<T>> Query<T>(this IQueries queries, string sql, object? parameters, CancellationToken cancel) =>
        queries.QueryMultiple<IReadOnlyList<T>>(sql, parameters, async results => (await results.ReadAsync<T>()).AsList(), cancel);

    /// <summary>The first row of one statement; null (default) without rows.</summary>
    public static Task<T?> QueryFirst<T>(this IQueries queries, string sql, object? parameters, CancellationToken cancel) =>
        queries.QueryMultiple(sql, parameters, results => results.ReadFirstOrDefaultAsync<T>(), cancel);
}
