using Npgsql;

namespace Api.Data.Delivery;

/// <summary>Makes sure that a mistake in a query cannot show a draft: the delivery login itself must not be able to read one.</summary>
internal static class DeliveryCheck
{
    // 'member' covers every role the login could switch to, whether it inherits or not.
    private const string Sql = """
        select r.rolsuper or r.rolbypassrls as superuser,
               exists (select from pg_class c
                       where  c.relnamespace = n.oid
                       and    pg_has_role(r.oid, c.relowner, 'member')) or coalesce(pg_has_role(r.oid, n.nspowner, 'member'), false) as owns,
               (select c.relname::text
                from   pg_class c
                join   pg_roles other on pg_has_role(r.oid, other.oid, 'member')
                where  c.relnamespace = n.oid
                and    c.relkind in ('r', 'p', 'v', 'm', 'f')
                and    (has_table_privilege(other.oid, c.oid, 'select') or has_any_column_privilege(other.oid, c.oid, 'select'))
                order by c.relname
                limit  1) as readable
        from   pg_roles r
        left join pg_namespace n on n.nspname = 'content'
        where  r.rolname = session_user
        """;

    /// <summary>Looks at what the delivery login may do.</summary>
    /// <returns>Why it must not be used, in one line; null when it may.</returns>
    /// <exception cref="NpgsqlException">It cannot log in.</exception>
    public static async Task<string?> Complaint(DeliveryDatabase delivery, string login, CancellationToken cancel)
    {
        var rights = await delivery.QueryFirst<Rights>(Sql, null, cancel);
        var reason = rights switch
        {
            null => "is unknown to the server",
            { Superuser: true } => "is a superuser",
            { Owns: true } => "owns schema content or something in it",
            { Readable: { } relation } => $"can read content.{relation}",
            _ => null,
        };
        return reason is null ? null : $"The delivery login '{login}' {reason}, so drafts would be a mistake away from the public: use {DeliveryLogin.Role} as 'migrate' makes it.";
    }

    private sealed record Rights(bool Superuser, bool Owns, string? Readable);
}
