using Api.Data.Delivery;
using Npgsql;

namespace Api.Data;

/// <summary>
/// Finds out whether a connection has a session to itself, as prepared statements need it. Behind a pooler that gives each transaction another server connection it has none, whatever
/// that pooler is called and however it introduces itself.
/// </summary>
/// <remarks>
/// Each physical connection gets a mark: a setting of its session. Here the connection is refused, when it is made, if its mark is seen elsewhere or is not seen. Later <see cref="DeliveryDatabase"/>
/// reads the mark with every answer, in the same transaction: so no answer of another session is ever used, even when the pooler changes its mode under open connections.
/// </remarks>
internal sealed class SessionCheck
{
    /// <summary>The mark of the session that runs this; null where there is none.</summary>
    public const string MarkSql = "select current_setting('content.session', true)";

    // Measured with PgBouncer 1.18, 1 to 20 server connections in either order, idle and under load: a round overlooks it once in twenty times, and in the worst case once in three.
    private const int Rounds = 12;

    private const string SetMarkSql = "select set_config('content.session', @mark, false)";
    private const string ProcessSql = "select pg_backend_pid()";
    private const string HoldSql = $"begin; {MarkSql}";

    private static readonly string Run = Guid.NewGuid().ToString("N");

    private readonly NpgsqlConnectionStringBuilder settings;

    private SessionCheck(NpgsqlConnectionStringBuilder settings) => this.settings = settings;

    /// <summary>Checks every physical connection that a data source makes: to open one then throws <see cref="SharedSessionException"/> as well.</summary>
    public static void AddTo(NpgsqlDataSourceBuilder builder)
    {
        Func<NpgsqlConnection, Task> check = IsWaived(builder.ConnectionStringBuilder) ? RefuseWithoutTransactions : new SessionCheck(builder.ConnectionStringBuilder).RefuseShared;
        builder.UsePhysicalConnectionInitializer(connection => check(connection).GetAwaiter().GetResult(), check);
    }

    /// <summary>Whether a connection string says that nothing may be left in a session: <c>Max Auto Prepare=0</c>, in so many words. Pure.</summary>
    public static bool IsWaived(NpgsqlConnectionStringBuilder settings) => settings.ShouldSerialize("Max Auto Prepare") && settings.MaxAutoPrepare == 0;

    /// <summary>The mark of a connection's own session.</summary>
    public static string MarkOf(NpgsqlConnection connection) => $"{Run} {connection.ProcessID}";

    /// <summary>
    /// Whether the question for the mark failed as it does in a session where something else was prepared: the statement is not there, is there already, takes other parameters, or gives other columns.
    /// Pure.
    /// </summary>
    public static bool IsOfAnother(Exception exception) => DatabaseFailure.Cause(exception) switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement } => true,
        // FATAL is said by a pooler whose server has gone.
        PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation, Severity: "ERROR" } => true,
        NpgsqlException or TimeoutException or OperationCanceledException => false,
        _ => true,
    };

    private async Task RefuseShared(NpgsqlConnection connection)
    {
        try
        {
            await Watch(connection, MarkOf(connection));
        }
        catch (Exception e) when (IsOfAnother(e))
        {
            throw SharedSessionException.Of(connection);
        }
    }

    private async Task Watch(NpgsqlConnection connection, string mark)
    {
        await using (var set = new NpgsqlCommand(SetMarkSql, connection) { Parameters = { new("mark", mark) } })
            await set.ExecuteNonQueryAsync();
        // The process that was named at login is the one that answers: nobody stands between who could choose.
        if (await Ask<int>(connection, ProcessSql) == connection.ProcessID) return;
        await using var source = Others(connection);
        // Another client, in a transaction. It gets the session with the mark, or keeps another one busy, so that the mark's own connection gets a different one than before.
        if (await TryOpen(source) is not { } other) return;
        await using var _ = other;
        for (var round = 0; round < Rounds; round++)
        {
            await RefuseUnless(connection, mark);
            if (await TryAsk(other, connection, HoldSql) is not { } seen) return;
            if (seen == mark) throw SharedSessionException.Of(connection);
            await RefuseUnless(connection, mark);
            if (await TryAsk(other, connection, "commit") is null) return;
        }
    }

    private static async Task RefuseUnless(NpgsqlConnection connection, string mark)
    {
        if (await Ask<string>(connection, MarkSql) != mark) throw SharedSessionException.Of(connection);
    }

    private static async Task RefuseWithoutTransactions(NpgsqlConnection connection)
    {
        try
        {
            // Apart: what is sent at once is no more than a statement to PgBouncer.
            await Ask<string>(connection, HoldSql);
            await Ask<string>(connection, "commit");
        }
        catch (PostgresException e) when (IsAboutTransactions(e))
        {
            throw SharedSessionException.Of(connection, e);
        }
    }

    private NpgsqlDataSource Others(NpgsqlConnection connection)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        var own = builder.ConnectionStringBuilder;
        (own.Host, own.Port, own.Pooling, own.MaxAutoPrepare) = (connection.Host, connection.Port, false, 0);
        (own.Timeout, own.CommandTimeout, own.CancellationTimeout) = (2, 1, -1);
        return builder.Build();
    }

    // None may be to be had: in session mode each client keeps one from the others. That proves nothing.
    private static async Task<NpgsqlConnection?> TryOpen(NpgsqlDataSource source)
    {
        try
        {
            return await source.OpenConnectionAsync();
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            return null;
        }
    }

    private static async Task<string?> TryAsk(NpgsqlConnection other, NpgsqlConnection connection, string sql)
    {
        try
        {
            return await Ask<string>(other, sql) ?? "";
        }
        catch (PostgresException e) when (IsAboutTransactions(e))
        {
            throw SharedSessionException.Of(connection, e);
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            return null;
        }
    }

    private static async Task<T?> Ask<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    // PgBouncer's statement mode ends a connection that begins one. Its other failures have the same code.
    private static bool IsAboutTransactions(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.ProtocolViolation && exception.MessageText.Contains("transaction", StringComparison.Ordinal);
}
