using Npgsql;

namespace Api.Data.Delivery;

/// <summary>Checks that the delivery login cannot read drafts, so that a mistake in a query cannot reveal one.</summary>
internal static class DeliveryCheck
{
    // 'member' covers every role the login can switch to, with or without inheritance.
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

    /// <summary>Checks the rights of the delivery login.</summary>
    /// <returns>Why it must not be used, in one line; null when it may be used.</returns>
    /// <exception cref="NpgsqlException">The login fails.</exception>
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
        return reason is null
            ? null
            : $"The delivery login '{login}' {reason}, so drafts would be a mistake away from the public: use {DeliveryLogin.Role} as 'migrate' makes it.";
    }

    private sealed record Rights(bool Superuser, bool Owns, string? Readable);
}
