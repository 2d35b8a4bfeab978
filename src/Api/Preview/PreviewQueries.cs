using Api.Data.Delivery;
using Dapper;

namespace Api.Preview;

/// <summary>
/// Runs statements on the views of schema <c>preview</c>, which have the names and columns of those of schema <c>delivery</c>.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="view">What the views show.</param>
internal sealed class PreviewQueries(DeliveryDatabase database, PreviewView view) : IQueries
{
    public Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel) =>
        database.QueryMultiple(
            $"{view.Sql};\n{sql.Replace("delivery.", "preview.", StringComparison.Ordinal)}",
            view.With(parameters),
            async results =>
            {
                for (var n = 0; n < view.Statements; n++)
                    await results.ReadFirstAsync<string>();
                return await read(results);
            },
            cancel
        );
}
