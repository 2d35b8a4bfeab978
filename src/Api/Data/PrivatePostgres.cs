using Npgsql;

namespace Api.Data;

/// <summary>A PostgreSQL server of this checkout alone, for machines where nobody gave a connection string: no TCP, generated passwords, data that survives.</summary>
/// <remarks>A server that runs already is adopted. Disposing stops it unless another process is connected to it.</remarks>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const string OwnerLogin = "content_owner";
    private const string Database = "content";

    private readonly PrivateFolder folder;
    private readonly Cluster cluster;
    private readonly PrivatePasswords passwords;
    private NpgsqlConnection? anchor;

    private PrivatePostgres(PrivateFolder folder, Cluster cluster, PrivatePasswords passwords)
    {
        this.folder = folder;
        this.cluster = cluster;
        this.passwords = passwords;
    }

    /// <summary>Connection string of the content owner's login, which is no superuser.</summary>
    public string OwnerConnection => Connection(OwnerLogin, passwords.Owner, Database);

    /// <summary>Connection string of the server's superuser, to database <c>postgres</c>; for tests.</summary>
    public string SuperuserConnection => Connection(Superuser, passwords.Superuser, "postgres");

    /// <summary>Process id of the server.</summary>
    public Task<int?> ProcessId(CancellationToken cancel) => Postmaster.Running(folder, cancel);

    /// <summary>Starts the server, or adopts the running one; makes its data folder the first time.</summary>
    /// <exception cref="SetupException">It cannot be started; the message says why.</exception>
    public static async Task<PrivatePostgres> Start(PrivatePostgresSettings settings, CancellationToken cancel)
    {
        var folder = await PrivateFolder.Open(settings, cancel);
        using var _ = await folder.Lock(cancel);
        try
        {
            var binaries = await PostgresBinaries.Choose(settings, folder.DataVersion, folder.Packages, cancel);
            var server = new PrivatePostgres(folder, new Cluster(folder, binaries), folder.Passwords());
            if (folder.DataVersion is null)
            {
                settings.Tell($"Making a private PostgreSQL {binaries.Major} in {folder.Data} …");
                await server.cluster.Initialise(Superuser, server.passwords.Superuser, cancel);
            }
            if (!await server.Adopt(cancel))
            {
                await server.cluster.Launch(settings.Durable, cancel);
                await server.Connect(cancel);
            }
            await server.MakeDatabase(cancel);
            return server;
        }
        catch (DataOfOtherVersionException e)
        {
            throw new SetupException(e.Advice(folder.Data), e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var _ = await folder.Lock(CancellationToken.None);
        var others = await OthersAreConnected();
        if (anchor is not null)
            await anchor.DisposeAsync();
        if (!others)
            await cluster.Stop(CancellationToken.None);
    }

    private async Task<bool> Adopt(CancellationToken cancel)
    {
        if (await Postmaster.Running(folder, cancel) is null)
        {
            Postmaster.Forget(folder);
            return false;
        }
        // It may still be starting, or on its way out.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (await TryConnect(cancel))
                return true;
            if (await Postmaster.Running(folder, cancel) is null)
                return false;
            await Task.Delay(100, cancel);
        }
        // Alive but out of reach: somebody emptied /tmp.
        await cluster.Stop(cancel);
        return false;
    }

    private async Task<bool> TryConnect(CancellationToken cancel)
    {
        try
        {
            await Connect(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task Connect(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(SuperuserConnection);
        try
        {
            await connection.OpenAsync(cancel);
            anchor = connection;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new SetupException($"The passwords of the private PostgreSQL do not fit its data in {folder.Data}: restore them, or delete that folder to begin again with the demo content.", e);
        }
    }

    private async Task MakeDatabase(CancellationToken cancel)
    {
        var sql = $"""
            select set_config('made.password', '{passwords.Owner}', false);
            do $make$
            begin
                if not exists (select from pg_roles where rolname = '{OwnerLogin}') then
                    execute format('create role {OwnerLogin} login createdb createrole password %L', current_setting('made.password'));
                end if;
            end $make$;
            select exists (select from pg_database where datname = '{Database}');
            """;
        await using var command = new NpgsqlCommand(sql, anchor);
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            if (reader.GetBoolean(0))
                return;
        }
        await using var create = new NpgsqlCommand($"create database {Database} owner {OwnerLogin}", anchor);
        await create.ExecuteNonQueryAsync(cancel);
    }

    // Every process keeps one connection open, its anchor, so that none goes unnoticed between two queries.
    private async Task<bool> OthersAreConnected()
    {
        const string sql = "select exists (select from pg_stat_activity where backend_type = 'client backend' and application_name <> current_setting('application_name'))";
        try
        {
            await using var command = new NpgsqlCommand(sql, anchor);
            return (bool)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string Connection(string user, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Socket,
        Port = Postmaster.Port(folder),
        Username = user,
        Password = password,
        Database = database,
        ApplicationName = $"api-{Environment.ProcessId}",
        Pooling = user != Superuser,
    }.ConnectionString;
}
