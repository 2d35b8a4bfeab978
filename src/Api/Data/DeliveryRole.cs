using Npgsql;

namespace Api.Data;

/// <summary>Creates and configures the logins for requests, as far as the owner's login has the rights to.</summary>
internal static class DeliveryRole
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("statement_timeout", "2s"),
        // A list is a few look-ups, which take less time than JIT compilation.
        ("jit", "off"),
        // Statements are written so that one plan fits all parameter values, and planning a list takes longer than executing it.
        ("plan_cache_mode", "force_generic_plan"),
        // The other processors are for other requests.
        ("max_parallel_workers_per_gather", "0"),
        // The planner expects a merge join to stop early, and then reads all items to find a few hundred topics.
        ("enable_mergejoin", "off"),
        ("default_transaction_read_only", "on"),
        // Several statements in one round trip then share a snapshot, at no cost.
        ("default_transaction_isolation", "repeatable read"),
        ("idle_in_transaction_session_timeout", "10s"),
    ];

    private const string FindSql = """
        select r.rolcanlogin and coalesce(r.rolconfig, '{}') @> @settings as complete
        from   pg_roles r
        where  r.rolname = @role
        """;

    /// <summary>Whether both roles exist with all their settings.</summary>
    public static async Task<bool> AreComplete(ContentDatabase content, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        return await Find(connection, DeliveryLogin.Role, cancel) == true
            && await Find(connection, DeliveryLogin.PreviewRole, cancel) == true;
    }

    /// <summary>Creates or updates both roles; leaves alone one that is complete and whose password works.</summary>
    /// <exception cref="PostgresException">The owner's login may not create roles.</exception>
    public static async Task Ensure(ContentDatabase content, Connections connections, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        await Ensure(connection, DeliveryLogin.Role, connections.Delivery, cancel);
        await Ensure(connection, DeliveryLogin.PreviewRole, connections.Preview, cancel);
    }

    private static async Task Ensure(NpgsqlConnection connection, string role, string? of, CancellationToken cancel)
    {
        var login = new NpgsqlConnectionStringBuilder(of);
        if (login.Username != role)
            login = new NpgsqlConnectionStringBuilder { Username = role };

        var complete = await Find(connection, role, cancel);
        if (complete == true && (login.Password is null || await CanLogIn(login, cancel)))
            return;
        if (complete is null)
            await Execute(connection, $"create role {role} login nosuperuser nocreatedb nocreaterole noinherit", cancel);
        if (login.Password is { } password)
            await Execute(connection, $"alter role {role} login password {Literal(password)}", cancel);
        foreach (var (name, value) in Settings)
            await Execute(connection, $"alter role {role} set {name} = {Literal(value)}", cancel);
    }

    /// <summary>
    /// Lets the roles connect to this database, and revokes temporary tables from all roles: even a read-only role could fill them.
    /// </summary>
    public static async Task Admit(ContentDatabase content, CancellationToken cancel)
    {
        await using var connection = await content.DataSource.OpenConnectionAsync(cancel);
        var database = new NpgsqlCommandBuilder().QuoteIdentifier(connection.Database);
        await Execute(
            connection,
            $"grant connect on database {database} to {DeliveryLogin.Role}, {DeliveryLogin.PreviewRole}; revoke temporary on database {database} from public",
            cancel
        );
    }

    private static async Task<bool?> Find(NpgsqlConnection connection, string role, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(FindSql, connection)
        {
            Parameters = { new("role", role), new("settings", Settings.Select(setting => $"{setting.Name}={setting.Value}").ToArray()) },
        };
        return (bool?)await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<bool> CanLogIn(NpgsqlConnectionStringBuilder login, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(login.ConnectionString) { Pooling = false, Timeout = 5 }.ConnectionString
        );
        try
        {
            await connection.OpenAsync(cancel);
            return true;
        }
        // PgBouncer reports a wrong password as a protocol violation.
        catch (PostgresException e)
            when (e.SqlState
                    is PostgresErrorCodes.InvalidPassword
                        or PostgresErrorCodes.InvalidAuthorizationSpecification
                        or PostgresErrorCodes.ProtocolViolation
            )
        {
            return false;
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        // Roles are shared by all databases of a server, so migrations of two databases can conflict here.
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(cancel);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateObject)
            {
                return;
            }
            catch (PostgresException e)
                when (e.MessageText.Contains("concurrently updated", StringComparison.Ordinal) && attempt < attempts)
            {
                await Task.Delay(100, cancel);
            }
        }
    }

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
