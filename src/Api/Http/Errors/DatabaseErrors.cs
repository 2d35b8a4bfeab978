using Npgsql;

namespace Api.Http.Errors;

/// <summary>Which errors of PostgreSQL mean that it cannot answer now, whatever is asked, and which that a statement is wrong. Pure.</summary>
internal static class DatabaseErrors
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static readonly string[] PassingClasses =
    [
        "08", // connection exception
        "40", // transaction rollback: a deadlock, or what a standby replays stood in the way
        "53", // insufficient resources: disk, memory, connections
        "55", // object not in prerequisite state: locked, or in use
        "57", // operator intervention: shutdown, restart, recovery; 57014 is the statement timeout
        "58", // system error: a file that is gone or cannot be read
        "F0", // configuration file error: so PostgreSQL calls a stop-word file or unaccent.rules that is gone
        "XX", // internal error: damaged data, or a library of another build
    ];

    // Functions of PostgreSQL's src/backend/utils/fmgr that load libraries. They set the state by what the operating system says: one of a file that may not be read is 42501.
    private static readonly string[] LoadingRoutines =
    [
        "internal_load_library", "load_external_function", "load_file", "incompatible_module_error", "expand_dynamic_library_name", "find_in_dynamic_libpath", "find_in_path",
        "fetch_finfo_record", "fmgr_info_C_lang",
    ];

    /// <summary>Whether the same statement will work once the database is well again.</summary>
    public static bool IsPassing(PostgresException error) => EndsSession(error) || IsOfFiles(error) || IsOfPreparation(error) || IsOf(error, PassingClasses);

    /// <summary>Whether the server misses a file of its own, or has got one of another build.</summary>
    public static bool IsOfFiles(PostgresException error) => IsOf(error, PostgresErrorCodes.UndefinedFile, "F0") || LoadingRoutines.Contains(error.Routine);

    // The session has ended, or was never begun: no such login or database, a password that is no longer right, too many connections, a time-out of idle sessions.
    private static bool EndsSession(PostgresException error) => error.InvariantSeverity is "FATAL" or "PANIC";

    // What a connection had prepared is not there (26000), or gives other columns since a migration.
    private static bool IsOfPreparation(PostgresException error) =>
        error.SqlState == PostgresErrorCodes.InvalidSqlStatementName || (error.SqlState == PostgresErrorCodes.FeatureNotSupported && error.Routine == "RevalidateCachedQuery");

    private static bool IsOf(PostgresException error, params string[] classes) => Array.Exists(classes, one => error.SqlState.StartsWith(one, StringComparison.Ordinal));
}
