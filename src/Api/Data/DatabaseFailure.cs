using System.Data;
using Npgsql;

namespace Api.Data;

/// <summary>Which exceptions mean that the database failed.</summary>
/// <remarks>
/// When a connection breaks in the middle of an answer, Dapper throws what does not say so: a <see cref="DataException"/> around the cause inside of a row, and between two results an
/// <see cref="InvalidOperationException"/> in place of the cause, as it goes on to the next result.
/// </remarks>
internal static class DatabaseFailure
{
    /// <summary>Whether the database is away or silent, or refused a statement. Pure.</summary>
    public static bool Is(Exception exception) => Cause(exception) is NpgsqlException or TimeoutException;

    /// <summary>What Npgsql threw, of which another exception tells; any other exception is its own cause. Pure.</summary>
    public static Exception Cause(Exception exception) => exception is DataException { InnerException: (NpgsqlException or TimeoutException) and var cause } ? cause : exception;

    /// <summary>Reads from a connection by Dapper, and tells a failure of the database as what it is.</summary>
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
