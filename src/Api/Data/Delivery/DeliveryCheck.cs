using Npgsql;

namespace Api.Data.Delivery;

/// <summary>
/// Checks that a login for requests reads the views of its own schema and nothing else of the content, so that a mistake in a query cannot
/// reveal a draft.
/// </summary>
internal static class DeliveryCheck
{
    // 'member' covers every role the login can switch to, with or without inheritance.
    private const string Sql = """
        select r.rolsuper or r.rolbypassrls as superuser,
               exists (select from pg_class c
                       where  c.relnamespace = n.oid
                       and    pg_has_role(r.oid, c.relowner, 'member')) or coalesce(pg_has_role(r.oid, n.nspowner, 'member'), false) as owns,
               (select s.nspname || '.' || c.relname
                from   pg_class c
                join   pg_namespace s on s.oid = c.relnamespace
                join   pg_roles other on pg_has_role(r.oid, other.oid, 'member')
                where  s.nspname in ('content', 'delivery', 'preview') and s.nspname <> @schema
                and    c.relkind in ('r', 'p', 'v', 'm', 'f')
                and    (has_table_privilege(other.oid, c.oid, 'select') or has_any_column_privilege(other.oid, c.oid, 'select'))
                order by s.nspname, c.relname
                limit  1) as readable
        from   pg_roles r
        left join pg_namespace n on n.nspname = 'content'
        where  r.rolname = session_user
        """;

    /// <summary>Checks the rights of a login.</summary>
    /// <param name="database">The database, by that login.</param>
    /// <param name="purpose">What the login is for.</param>
    /// <param name="login">Its name.</param>
    /// <param name="cancel">Cancels the query.</param>
    /// <returns>Why it must not be used, in one line; null when it may be used.</returns>
    /// <exception cref="NpgsqlException">The login fails.</exception>
    public static async Task<string?> Complaint(IQueries database, LoginPurpose purpose, string login, CancellationToken cancel)
    {
        var rights = await database.QueryFirst<Rights>(Sql, new { schema = purpose.Schema }, cancel);
        var reason = rights switch
        {
            null => "is unknown to the server",
            { Superuser: true } => "is a superuser",
            { Owns: true } => "owns schema content or something in it",
            { Readable: { } relation } => $"can read {relation}",
            _ => null,
        };
        return reason is null
            ? null
            : $"The {purpose.Name} login '{login}' {reason}, so drafts would be a mistake away from the public: use {purpose.Role} as 'migrate' makes it.";
    }

    private sealed record Rights(bool Superuser, bool Owns, string? Readable);
}
