using Npgsql;

namespace Api.Data.Server;

/// <summary>A PostgreSQL server of this checkout alone, for machines where nobody gave a connection string: no TCP, generated passwords, data that survives.</summary>
/// <remarks>A server that runs already is adopted. Disposing stops it unless another process is connected to it. A <see cref="Supervisor"/> keeps it running.</remarks>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const string OwnerLogin = "content_owner";
    private const string Database = "content";

    // With a server that runs and does not answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PrivatePostgresSettings settings;
    private readonly PrivateFolder folder;
    private readonly PrivatePasswords passwords;
    private Cluster? cluster;
    private NpgsqlConnection? anchor;

    private PrivatePostgres(PrivatePostgresSettings settings, PrivateFolder folder)
    {
        this.settings = settings;
        this.folder = folder;
        passwords = folder.Passwords();
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
        var server = new PrivatePostgres(settings, folder);
        var isAdopted = await server.Bring(cancel);
        try
        {
            await server.MakeDatabase(cancel);
            return server;
        }
        catch when (!isAdopted)
        {
            await server.cluster!.Stop(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Makes the server run again, and clients find it: starts it, or adopts one that another process has started; first stops one that cannot be reached or whose files have been replaced.</summary>
    /// <exception cref="SetupException">It cannot be started; the message says why. One that runs on files that are gone runs on.</exception>
    /// <exception cref="NpgsqlException">It runs, but does not answer.</exception>
    public async Task Restart(CancellationToken cancel)
    {
        using var _ = await folder.Lock(cancel);
        if (folder.DataVersion is null)
            throw new SetupException($"its data in {folder.Data} is not there any more. Restore it, or start the API again to begin anew with the demo content.");
        await Bring(cancel);
    }

    /// <summary>Waits for something to go wrong, no longer than <paramref name="patience"/>.</summary>
    /// <returns>What has, to go on from "The private PostgreSQL server"; null when all is well.</returns>
    public async Task<string?> Trouble(TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            await (anchor?.WaitAsync(patience, cancel) ?? throw new InvalidOperationException("There is no connection to wait on."));
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            return await Postmaster.Running(folder, cancel) is null ? "has died" : "has closed its connections";
        }
        return await Postmaster.CanBeReached(folder, cancel) ? null : "cannot be reached any more, as its socket or a lock file was removed";
    }

    /// <summary>What stands for the files the server would be started from now; null when they are those it was started from.</summary>
    public string? Replacement() => StartedFrom.Read(folder)?.Replacement();

    public async ValueTask DisposeAsync()
    {
        using var _ = await folder.Lock(CancellationToken.None);
        var others = await OthersAreConnected();
        if (anchor is not null)
            await anchor.DisposeAsync();
        if (!others && cluster is not null)
            await cluster.Stop(CancellationToken.None);
    }

    // Returns whether it ran already.
    private async Task<bool> Bring(CancellationToken cancel)
    {
        if (cluster is null || Replacement() is not null)
            cluster = await Choose(cancel);
        if (await Adopt(cancel))
            return true;
        await cluster.Stop(cancel);
        await cluster.Launch(settings.Durable, cancel);
        await Connect(cancel);
        return false;
    }

    private async Task<Cluster> Choose(CancellationToken cancel)
    {
        try
        {
            var binaries = await PostgresBinaries.Choose(settings, folder.DataVersion, folder.Packages, cancel);
            var chosen = new Cluster(folder, binaries);
            if (folder.DataVersion is null)
            {
                settings.Tell($"Making a private PostgreSQL {binaries.Major} in {folder.Data} …");
                await chosen.Initialise(Superuser, passwords.Superuser, cancel);
            }
            return chosen;
        }
        catch (DataOfOtherVersionException e)
        {
            throw new SetupException(e.Advice(folder.Data), e);
        }
    }

    private async Task<bool> Adopt(CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        while (Replacement() is null && await Postmaster.Running(folder, cancel) is not null && await Postmaster.CanBeReached(folder, cancel))
        {
            try
            {
                await Connect(limited.Token);
                return true;
            }
            catch (NpgsqlException e)
            {
                // It starts, or is on its way out. Recovery after a crash takes as long as it takes.
                if (e.SqlState == PostgresErrorCodes.CannotConnectNow)
                    limited.CancelAfter(Patience);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return false;
            }
            await Task.Delay(50, cancel);
        }
        return false;
    }

    private async Task Connect(CancellationToken cancel)
    {
        if (anchor is not null)
            await anchor.DisposeAsync();
        anchor = new NpgsqlConnection(SuperuserConnection);
        try
        {
            await anchor.OpenAsync(cancel);
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
        // Its own may have been left over from before a restart.
        for (var attempt = 0; attempt < 2 && await Postmaster.Running(folder, CancellationToken.None) is not null; attempt++)
        {
            try
            {
                if (anchor?.State != System.Data.ConnectionState.Open)
                    await Connect(CancellationToken.None);
                await using var command = new NpgsqlCommand(sql, anchor) { CommandTimeout = 5 };
                return (bool)(await command.ExecuteScalarAsync())!;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or SetupException)
            {
                // It does not answer, which is as good as nobody using it.
            }
        }
        return false;
    }

    private string Connection(string user, string password, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Socket,
        Port = Postmaster.Port(folder) ?? 5432,
        Username = user,
        Password = password,
        Database = database,
        ApplicationName = $"api-{Environment.ProcessId}",
        Pooling = user != Superuser,
    }.ConnectionString;
}
