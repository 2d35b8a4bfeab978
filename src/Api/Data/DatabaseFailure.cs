using System.Data;
using Npgsql;

namespace Api.Data;

/// <summary>Recognises the exceptions that mean that the database failed.</summary>
/// <remarks>
/// When a connection breaks while a result is read, Dapper throws other exceptions: within a row a <see cref="DataException"/> that wraps
/// the cause, and between two results an <see cref="InvalidOperationException"/> in place of the cause, because it moves on to the next
/// result.
/// </remarks>
internal static class DatabaseFailure
{
    /// <summary>Whether the database is unavailable, does not respond, or refused a statement. Pure.</summary>
    public static bool Is(Exception exception) => Cause(exception) is NpgsqlException or TimeoutException;

    /// <summary>The exception of Npgsql that another exception wraps; any other exception itself. Pure.</summary>
    public static Exception Cause(Exception exception) =>
        exception is DataException { InnerException: (NpgsqlException or TimeoutException) and var cause } ? cause : exception;

    /// <summary>Reads from a connection with Dapper, and turns Dapper's exceptions for a failed database into those of Npgsql.</summary>
    /// <exception cref="NpgsqlException">The server refused, or the connection broke.</exception>
    public static async Task<T> Tell<T>(NpgsqlConnection connection, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DataException e) when (Cause(e) is NpgsqlException cause)
        {
            throw cause;
        }
        catch (InvalidOperationException e) when (connection.State != ConnectionState.Open)
        {
            throw new NpgsqlException("The connection broke while an answer was read.", new IOException(e.Message, e));
        }
    }
}
