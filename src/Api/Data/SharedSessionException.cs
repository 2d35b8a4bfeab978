using Npgsql;

namespace Api.Data;

/// <summary>
/// A connection has no session to itself: each transaction may run in another session, where a prepared statement is missing or differs.
/// </summary>
/// <param name="message">One line that says what to change.</param>
internal sealed class SharedSessionException(string message) : NpgsqlException(message)
{
    private const string Strings = "in ConnectionStrings__Content (and in ConnectionStrings__Delivery, where that is set)";

    /// <summary>The exception for a session that another connection also used, or a connection that moved to another session.</summary>
    public static SharedSessionException Of(NpgsqlConnection connection) =>
        new(
            $"The connection to {connection.Host}:{connection.Port} gives each transaction another session, as a pooler in transaction mode does: set Max Auto Prepare=0 {Strings}, or use session mode, or connect to PostgreSQL itself (docs/poolers.md)."
        );

    /// <summary>The exception for a connection that does not allow transactions.</summary>
    public static SharedSessionException Of(NpgsqlConnection connection, PostgresException refusal) =>
        new(
            $"The connection to {connection.Host}:{connection.Port} takes no transactions ({refusal.MessageText}): use transaction mode with Max Auto Prepare=0 {Strings}, or session mode, or connect to PostgreSQL itself (docs/poolers.md)."
        );

    /// <summary>Finds this exception in another one, such as the aggregate for several hosts; null when there is none.</summary>
    public static SharedSessionException? In(Exception? exception) =>
        exception switch
        {
            null => null,
            SharedSessionException shared => shared,
            AggregateException several => several.InnerExceptions.Select(In).FirstOrDefault(found => found is not null),
            _ => In(exception.InnerException),
        };
}
