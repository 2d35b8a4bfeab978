using Npgsql;

namespace Api.Http.Errors;

/// <summary>Classifies PostgreSQL errors: transient, so that every statement fails now, or caused by the statement. Pure.</summary>
internal static class DatabaseErrors
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private static readonly string[] PassingClasses =
    [
        "08", // connection exception
        "40", // transaction rollback: a deadlock, or a conflict with replay on a standby
        "53", // insufficient resources: disk, memory, connections
        "55", // object not in prerequisite state: locked, or in use
        "57", // operator intervention: shutdown, restart, recovery; 57014 is the statement timeout
        "58", // system error: a file is missing or cannot be read
        "F0", // configuration file error: PostgreSQL's code for a missing file of its configuration
        "XX", // internal error: damaged data, or a library of another build
    ];

    // Functions in PostgreSQL's src/backend/utils/fmgr that load libraries. They derive the SQLSTATE from the operating system's error:
    // 42501 for a file without read permission.
    private static readonly string[] LoadingRoutines =
    [
        "internal_load_library",
        "load_external_function",
        "load_file",
        "incompatible_module_error",
        "expand_dynamic_library_name",
        "find_in_dynamic_libpath",
        "find_in_path",
        "fetch_finfo_record",
        "fmgr_info_C_lang",
    ];

    /// <summary>Whether the same statement will succeed once the database has recovered.</summary>
    public static bool IsPassing(PostgresException error) =>
        EndsSession(error) || IsOfFiles(error) || IsOfPreparation(error) || IsOf(error, PassingClasses);

    /// <summary>Whether prefix of the server's own files is missing or comes from another build.</summary>
    public static bool IsOfFiles(PostgresException error) =>
        IsOf(error, PostgresErrorCodes.UndefinedFile, "F0") || LoadingRoutines.Contains(error.Routine);

    // The session has ended or never started: unknown login or database, outdated password, too many connections, idle session timeout.
    private static bool EndsSession(PostgresException error) => error.InvariantSeverity is "FATAL" or "PANIC";

    // A prepared statement is missing (26000), or returns other columns since a migration.
    private static bool IsOfPreparation(PostgresException error) =>
        error.SqlState == PostgresErrorCodes.InvalidSqlStatementName
        || (error.SqlState == PostgresErrorCodes.FeatureNotSupported && error.Routine == "RevalidateCachedQuery");

    private static bool IsOf(PostgresException error, params string[] classes) =>
        Array.Exists(classes, one => error.SqlState.StartsWith(one, StringComparison.Ordinal));
}
