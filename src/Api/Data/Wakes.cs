using Dapper;
using Npgsql;

namespace Api.Data;

/// <summary>
/// Wake-up signals for a follower on any node. Each is a row, because a notification would be lost behind a transaction pooler.
/// </summary>
internal static class Wakes
{
    /// <summary>The follower of a WordPress site.</summary>
    public const string WordPress = "wordpress";

    // At most one signal in two seconds. An earlier one is delayed, not dropped: the check in progress may have missed the change it is
    // about.
    private const string WakeSql = """
        insert into content.wakes (name, at) values (@name, clock_timestamp())
        on conflict (name) do update set at = greatest(excluded.at, wakes.at + interval '2 seconds')
        where  wakes.at <= excluded.at
        """;

    private const string LastSql = "select max(at) from content.wakes where name = @name and at <= clock_timestamp()";

    /// <summary>Wakes the follower.</summary>
    public static async Task Wake(NpgsqlDataSource source, string name, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await connection.ExecuteAsync(new CommandDefinition(WakeSql, new { name }, cancellationToken: cancel));
    }

    /// <summary>When the follower was last woken (UTC); null for never.</summary>
    public static async Task<DateTime?> Last(NpgsqlDataSource source, string name, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(LastSql, new { name }, cancellationToken: cancel));
    }
}
