using Dapper;
using Npgsql;

namespace Api.Data;

/// <summary>Calls to a follower, on whichever node it runs: a row, as a notification would be lost behind a transaction pooler.</summary>
internal static class Wakes
{
    /// <summary>The one who follows a WordPress site.</summary>
    public const string WordPress = "wordpress";

    // At most one in two seconds. What comes sooner is put off, not dropped: what it is about may have come too late for the look that is under way.
    private const string WakeSql = """
        insert into content.wakes (name, at) values (@name, clock_timestamp())
        on conflict (name) do update set at = greatest(excluded.at, wakes.at + interval '2 seconds')
        where  wakes.at <= excluded.at
        """;

    private const string LastSql = "select max(at) from content.wakes where name = @name and at <= clock_timestamp()";

    /// <summary>Calls.</summary>
    public static async Task Wake(NpgsqlDataSource source, string name, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(WakeSql, new { name }, cancellationToken: cancel));
    }

    /// <summary>When it was last called, UTC; null for never.</summary>
    public static async Task<DateTime?> Last(NpgsqlDataSource source, string name, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(LastSql, new { name }, cancellationToken: cancel));
    }
}
