using System.Diagnostics;
using Api.Data.Delivery;
using Npgsql;

namespace Api.Data;

/// <summary>
/// Checks that a connection has a session to itself, which prepared statements require. It has none behind a pooler that may give each
/// transaction another server connection. The check works with every pooler, whatever it reports about itself.
/// </summary>
/// <remarks>
/// Each physical connection gets a mark: a setting of its session. A new connection is refused if its mark is seen in another session or is
/// missing in its own. Later <see cref="DeliveryDatabase"/> reads the mark with every query, in the same transaction: so no result of
/// another session is ever used, even when the pooler changes its mode while connections are open.
/// </remarks>
internal sealed class SessionCheck
{
    /// <summary>Selects the mark of the session that runs it; null without a mark.</summary>
    public const string MarkSql = "select current_setting('content.session', true)";

    // Measured with PgBouncer 1.18, 1 to 20 server connections in either order, idle and under load: a round misses a shared session once
    // in twenty times, in the worst case once in three. Rounds that follow each other are not independent: on a busy machine twelve have
    // missed one.
    private const int Rounds = 24;

    private const int AnswersWhileWaiting = 10;
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CommitWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenAnswers = TimeSpan.FromMilliseconds(50);

    private const string SetMarkSql = "select set_config('content.session', @mark, false)";
    private const string ProcessSql = "select pg_backend_pid()";
    private const string HoldSql = $"begin; {MarkSql}";

    private static readonly string Run = Guid.NewGuid().ToString("N");

    private readonly NpgsqlConnectionStringBuilder settings;

    private SessionCheck(NpgsqlConnectionStringBuilder settings) => this.settings = settings;

    /// <summary>
    /// Checks every physical connection that a data source opens. Opening one can then throw <see cref="SharedSessionException"/>.
    /// </summary>
    public static void AddTo(NpgsqlDataSourceBuilder builder)
    {
        Func<NpgsqlConnection, Task> check = IsWaived(builder.ConnectionStringBuilder)
            ? RefuseWithoutTransactions
            : new SessionCheck(builder.ConnectionStringBuilder).RefuseShared;
        builder.UsePhysicalConnectionInitializer(connection => check(connection).GetAwaiter().GetResult(), check);
    }

    /// <summary>Whether a connection string forbids session state with an explicit <c>Max Auto Prepare=0</c>. Pure.</summary>
    public static bool IsWaived(NpgsqlConnectionStringBuilder settings) =>
        settings.ShouldSerialize("Max Auto Prepare") && settings.MaxAutoPrepare == 0;

    /// <summary>The mark of a connection's own session.</summary>
    public static string MarkOf(NpgsqlConnection connection) => $"{Run} {connection.ProcessID}";

    /// <summary>
    /// Whether reading the mark failed as it does in another session: the prepared statement is missing, already exists, takes other
    /// parameters, or returns other columns. Pure.
    /// </summary>
    public static bool IsOfAnother(Exception exception) =>
        DatabaseFailure.Cause(exception) switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement } =>
                true,
            // With FATAL, the pooler reports that its server is unavailable.
            PostgresException { SqlState: PostgresErrorCodes.ProtocolViolation, Severity: "ERROR" } => true,
            NpgsqlException or TimeoutException or OperationCanceledException => false,
            _ => true,
        };

    private async Task RefuseShared(NpgsqlConnection connection)
    {
        try
        {
            await VerifyOwnSession(connection, MarkOf(connection));
        }
        catch (Exception e) when (IsOfAnother(e))
        {
            throw SharedSessionException.Of(connection);
        }
    }

    private async Task VerifyOwnSession(NpgsqlConnection connection, string mark)
    {
        await using (var set = new NpgsqlCommand(SetMarkSql, connection) { Parameters = { new("mark", mark) } })
            await set.ExecuteNonQueryAsync();
        // The process named at login also answers the query, so there is no pooler in between.
        if (await Ask<int>(connection, ProcessSql) == connection.ProcessID)
            return;
        await using var source = Others(connection);
        // A second client holds a transaction open. It either gets the session with the mark, or occupies another session, so that the
        // marked connection gets a different one than before.
        if (await TryOpen(source) is not { } other)
            return;
        await using var _ = other;
        for (var round = 0; round < Rounds; round++)
        {
            await RefuseUnless(connection, mark);
            if (!await IsHeldElsewhere(other, connection, mark))
                return;
            await RefuseUnless(connection, mark);
            using var limited = new CancellationTokenSource(CommitWait);
            if (await TryAsk(other, connection, "commit", limited.Token) is null)
                return;
        }
    }

    // Whether the second client now holds a session; false when it cannot get one.
    private static async Task<bool> IsHeldElsewhere(NpgsqlConnection other, NpgsqlConnection connection, string mark)
    {
        using var giveUp = new CancellationTokenSource();
        var held = TryAsk(other, connection, HoldSql, giveUp.Token);
        var answered = IsAnsweredWhile(held, connection, mark);
        try
        {
            await Task.WhenAny(held, answered);
            if (held.IsCompleted && await held == mark)
                throw SharedSessionException.Of(connection);
            return !await answered && await held is not null;
        }
        finally
        {
            // The marked connection may be waiting for the session that the second client holds.
            if (!answered.IsCompleted)
                await other.CloseAsync();
            await giveUp.CancelAsync();
            await ((Task)held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ((Task)answered).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // PgBouncer serves clients that share sessions in the order of their queries. So when the marked connection is answered again and again
    // while the second client, which asked before, still waits, the second client waits for some other session. With another order a shared
    // session may be missed here; reading the mark with every query still prevents wrong answers.
    private static async Task<bool> IsAnsweredWhile(Task waiting, NpgsqlConnection connection, string mark)
    {
        var time = Stopwatch.StartNew();
        for (var answers = 0; answers < AnswersWhileWaiting || time.Elapsed < LeastWait; answers++)
        {
            if (await Task.WhenAny(waiting, Task.Delay(BetweenAnswers)) == waiting)
                return false;
            await RefuseUnless(connection, mark);
        }
        return !waiting.IsCompleted;
    }

    private static async Task RefuseUnless(NpgsqlConnection connection, string mark)
    {
        if (await Ask<string>(connection, MarkSql) != mark)
            throw SharedSessionException.Of(connection);
    }

    private static async Task RefuseWithoutTransactions(NpgsqlConnection connection)
    {
        try
        {
            // Sent separately: PgBouncer treats statements sent together as one.
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
        (own.Timeout, own.CommandTimeout, own.CancellationTimeout) = (5, 0, -1);
        return builder.Build();
    }

    // In session mode each client occupies a server connection, so that none may be free. That is not evidence of sharing.
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

    private static async Task<string?> TryAsk(NpgsqlConnection other, NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        try
        {
            return await Ask<string>(other, sql, cancel) ?? "";
        }
        catch (PostgresException e) when (IsAboutTransactions(e))
        {
            throw SharedSessionException.Of(connection, e);
        }
        catch (Exception e) when (DatabaseFailure.Is(e) || e is OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<T?> Ask<T>(NpgsqlConnection connection, string sql, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel) is T value ? value : default;
    }

    // PgBouncer in statement mode closes a connection that begins a transaction. Its other errors have the same code.
    private static bool IsAboutTransactions(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.ProtocolViolation
        && exception.MessageText.Contains("transaction", StringComparison.Ordinal);
}
