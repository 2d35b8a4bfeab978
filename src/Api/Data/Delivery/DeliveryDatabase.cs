using System.Data;
using Dapper;
using Npgsql;

namespace Api.Data.Delivery;

/// <summary>
/// The database for requests: a read-only login that can select from the <c>delivery</c> views and nothing else, on an up-to-date standby
/// if there is one.
/// </summary>
/// <remarks>
/// Every call is one round trip and one snapshot (repeatable read is the login's default). Escapes: <see cref="NpgsqlException"/> when no
/// server can be reached or responds within three seconds, twice; <see cref="TimeoutException"/> when no connection becomes free in the
/// pool; <see cref="PostgresException"/> 57014 after the login's statement timeout of two seconds.
/// </remarks>
internal sealed class DeliveryDatabase(DeliveryHosts hosts) : IQueries, IAsyncDisposable
{
    public DeliveryDatabase(Connections connections)
        : this(new DeliveryHosts(DataSources.Hosts(connections.Delivery))) { }

    /// <summary>The servers it queries.</summary>
    public DeliveryHosts Hosts => hosts;

    /// <summary>
    /// Several statements in one round trip, separated by semicolons, in one snapshot; <paramref name="read"/> reads their results in
    /// order.
    /// </summary>
    /// <remarks><paramref name="read"/> may be called a second time when a connection breaks.</remarks>
    public Task<T> QueryMultiple<T>(string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancel) =>
        Ask(
            async (connection, mark) =>
            {
                await using var results = await Begin(connection, mark, sql, parameters, cancel);
                return await read(results);
            },
            cancel
        );

    /// <summary>Any number of statements, each in a round trip of its own, all in one snapshot.</summary>
    /// <remarks><paramref name="ask"/> may be called a second time when a connection breaks.</remarks>
    public Task<T> InSnapshot<T>(Func<NpgsqlConnection, Task<T>> ask, CancellationToken cancel) =>
        Ask(
            async (connection, mark) =>
            {
                await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
                if (mark is not null)
                    await using (await Begin(connection, mark, "", null, cancel)) { }
                var answer = await ask(connection);
                await snapshot.CommitAsync(cancel);
                return answer;
            },
            cancel
        );

    public ValueTask DisposeAsync() => Hosts.DisposeAsync();

    // After a restart of the server, or of a proxy in between, the pool is full of broken connections; after an update of the server's
    // files, of sessions that have loaded the old ones. The first request to notice clears the pool, so one retry is enough.
    private async Task<T> Ask<T>(Func<NpgsqlConnection, string?, Task<T>> ask, CancellationToken cancel)
    {
        for (var left = Hosts.All.Count; ; left--)
        {
            var host = Hosts.Choose();
            var isOpen = false;
            DeliverySession.Current?.Count();
            try
            {
                await using var connection = await host.Requests.OpenConnectionAsync(cancel);
                isOpen = true;
                return await AskInStep(connection, host.KeepsSessions ? SessionCheck.MarkOf(connection) : null, ask);
            }
            catch (NpgsqlException e) when (left > 0 && (isOpen ? MayBeOfSession(e) : Hosts.AreSeveral && !IsFull(e)))
            {
                Hosts.GiveUp(host);
            }
            catch (Exception e) when (left > 0 && IsOfProtocol(e))
            {
                Hosts.GiveUp(host);
            }
        }
    }

    // When a statement fails during planning, on its first run on a connection, the server has prepared it but Npgsql assumes that it has
    // not: the next run would fail. After clients had disconnected in the middle of several statements, Npgsql expected no rows of one that
    // had some.
    private static async Task<T> AskInStep<T>(NpgsqlConnection connection, string? mark, Func<NpgsqlConnection, string?, Task<T>> ask)
    {
        try
        {
            return await DatabaseFailure.Tell(connection, () => ask(connection, mark));
        }
        catch (Exception e) when (e is PostgresException or OperationCanceledException && connection.State == ConnectionState.Open)
        {
            connection.UnprepareAll();
            throw;
        }
    }

    // In another session the same name can be another prepared statement. So the mark is queried first, in the same transaction: any result
    // but the mark means that the session is not this connection's.
    private static async Task<SqlMapper.GridReader> Begin(
        NpgsqlConnection connection,
        string? mark,
        string sql,
        object? parameters,
        CancellationToken cancel
    )
    {
        if (mark is null)
            return await connection.QueryMultipleAsync(Command(sql, parameters, cancel));
        SqlMapper.GridReader? results = null;
        try
        {
            results = await connection.QueryMultipleAsync(Command($"{SessionCheck.MarkSql}; {sql}", parameters, cancel));
            if (await results.ReadSingleAsync<string?>() == mark)
                return results;
            await results.DisposeAsync();
        }
        catch (Exception e)
        {
            // The connection stays busy until the results are disposed.
            if (results is not null)
                await results.DisposeAsync();
            if (!SessionCheck.IsOfAnother(e))
                throw;
        }
        throw SharedSessionException.Of(connection);
    }

    // The session may be the cause: it has ended, has loaded a library of another build, has planned a statement before a migration, or
    // conflicted with replay on a standby (40001). A statement that took too long or ran out of resources would fail again.
    private static bool MayBeOfSession(NpgsqlException exception) =>
        exception is PostgresException error
            ? error.SqlState != PostgresErrorCodes.QueryCanceled && !error.SqlState.StartsWith("53", StringComparison.Ordinal)
            : exception is SharedSessionException || exception.InnerException is IOException or TimeoutException;

    // Npgsql received a message that it did not expect, which it reports as a plain exception; the connection is of no more use.
    private static bool IsOfProtocol(Exception exception) => exception.GetType() == typeof(Exception);

    // No connection became free in time, or none could be opened in time, which the change feed notices as well.
    private static bool IsFull(NpgsqlException exception) => exception.InnerException is TimeoutException;

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancel) =>
        new(sql, parameters, cancellationToken: cancel);
}
