using Dapper;
using Npgsql;

namespace Api.Import.Mirror;

/// <summary>The figures that a snapshot gives of itself.</summary>
/// <param name="Count">Number of lines.</param>
/// <param name="Counts">Number of items of each resource.</param>
/// <param name="Next">The token to continue from.</param>
internal sealed record SnapshotFacts(long Count, IReadOnlyDictionary<string, long> Counts, string Next)
{
    private const string CountsSql = """
        select v.resource, count(*) from content.visible_items v group by v.resource
        union all
        select 'redirect', count(*) from delivery.redirects r where r.status = 301
        """;

    /// <summary>The differences in the number of items of each resource that a database has; empty when there are none.</summary>
    public async Task<Dictionary<string, long>> Compare(NpgsqlConnection connection, CancellationToken cancel)
    {
        var there = (
            await connection.QueryAsync<(string Resource, long Count)>(
                new CommandDefinition(CountsSql, commandTimeout: 0, cancellationToken: cancel)
            )
        ).ToDictionary(row => row.Resource, row => row.Count);
        return there
            .Keys.Union(Counts.Keys)
            .Select(resource => (resource, difference: there.GetValueOrDefault(resource) - Counts.GetValueOrDefault(resource)))
            .Where(one => one.difference != 0)
            .ToDictionary(one => one.resource, one => one.difference);
    }
}
