using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Api.Data.Server;

/// <summary>
/// The private PostgreSQL server of this checkout, used without a connection string: no TCP, generated passwords, persistent data.
/// </summary>
/// <remarks>
/// A running server is adopted. Disposing stops it unless another process is connected to it, and does not wait while another process
/// starts or stops it. A <see cref="Supervisor"/> keeps it running.
/// </remarks>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private const string OwnerLogin = "content_owner";
    private const string Database = "content";
    private const string ProcessPrefix = "api-";

    // For a server that runs and does not answer.
    private static readonly TimeSpan AdoptionTimeout = TimeSpan.FromSeconds(10);

    private readonly PrivatePostgresSettings settings;
    private readonly PrivateFolder folder;
    private readonly PrivatePasswords passwords;
    private Cluster? cluster;
    private NpgsqlConnection? keptConnection;

    private PrivatePostgres(PrivatePostgresSettings settings, PrivateFolder folder)
    {
        this.settings = settings;
        this.folder = folder;
        passwords = folder.Passwords();
    }

    /// <summary>Connection string of the content owner's login, which is not a superuser.</summary>
    public string OwnerConnection => Connection(OwnerLogin, passwords.Owner, Database);

    /// <summary>Connection string of the server's superuser, to database <c>postgres</c>; for tests.</summary>
    public string SuperuserConnection => Connection(Superuser, passwords.Superuser, "postgres");

    /// <summary>Process id of the server.</summary>
    public Task<int?> ProcessId(CancellationToken cancel) => Postmaster.Running(folder, cancel);

    /// <summary>Starts the server, or adopts the running one; creates its data folder the first time.</summary>
    /// <exception cref="SetupException">The server cannot be started; the message says why.</exception>
    public static async Task<PrivatePostgres> Start(PrivatePostgresSettings settings, CancellationToken cancel)
    {
        var folder = await PrivateFolder.Open(settings, cancel);
        using var _ = await folder.Lock(cancel);
        var server = new PrivatePostgres(settings, folder);
        var isAdopted = await server.StartOrAdopt(cancel);
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

    /// <summary>
    /// Starts the server again, or adopts one that another process has started. A server that clients cannot reach, or whose files have
    /// been replaced, is stopped first.
    /// </summary>
    /// <exception cref="SetupException">The server cannot be started; the message says why. A running server whose files are missing keeps
    /// running.</exception>
    /// <exception cref="NpgsqlException">The server runs but does not answer.</exception>
    public async Task Restart(CancellationToken cancel)
    {
        using var _ = await folder.Lock(cancel);
        if (folder.DataVersion is null)
            throw new SetupException(
                $"its data in {folder.Data} is missing. Restore the folder, or restart the API to load the demo content again."
            );
        await StartOrAdopt(cancel);
    }

    /// <summary>Waits until the server fails, for <paramref name="timeout"/> at most.</summary>
    /// <returns>The failure, as a predicate for the subject "The private PostgreSQL server"; null for none.</returns>
    public async Task<string?> Trouble(TimeSpan timeout, CancellationToken cancel)
    {
        try
        {
            await (keptConnection?.WaitAsync(timeout, cancel) ?? throw new InvalidOperationException("There is no connection to wait on."));
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            return await Postmaster.Running(folder, cancel) is null ? "has died" : "has closed its connections";
        }
        return await Postmaster.CanBeReached(folder, cancel)
            ? null
            : "cannot be reached any more, as its socket or a lock file was removed";
    }

    /// <summary>The fingerprint of the server's files; null when they have not been replaced since it was started.</summary>
    public string? Replacement() => StartedFrom.Read(folder)?.Replacement();

    public async ValueTask DisposeAsync()
    {
        using var held = await LockIfUp();
        var isUnused = held is not null && !await OthersAreConnected();
        if (keptConnection is not null)
            await keptConnection.DisposeAsync();
        if (isUnused && cluster is not null)
            await cluster.Stop(CancellationToken.None);
    }

    // Null while another process starts or stops the server. That is not waited for: after a crash the server replays its WAL and syncs the
    // file system, which takes minutes on a busy disk. The other process stops what it has started.
    private async Task<IDisposable?> LockIfUp()
    {
        while (true)
        {
            if (folder.TryLock() is { } held)
                return held;
            // The other process leaves a server running only when it is up and this process is connected to it.
            if (!await Postmaster.IsUp(folder, CancellationToken.None))
                return null;
            await Task.Delay(50);
        }
    }

    // Returns true for a server that was already running.
    private async Task<bool> StartOrAdopt(CancellationToken cancel)
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
        limited.CancelAfter(AdoptionTimeout);
        while (
            Replacement() is null && await Postmaster.Running(folder, cancel) is not null && await Postmaster.CanBeReached(folder, cancel)
        )
        {
            try
            {
                await Connect(limited.Token);
                return true;
            }
            catch (NpgsqlException e)
            {
                // The server is starting or stopping. Recovery after a crash has no time limit.
                if (e.SqlState == PostgresErrorCodes.CannotConnectNow)
                    limited.CancelAfter(AdoptionTimeout);
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
        if (keptConnection is not null)
            await keptConnection.DisposeAsync();
        keptConnection = new NpgsqlConnection(SuperuserConnection);
        try
        {
            await keptConnection.OpenAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new SetupException(
                $"The passwords of the private PostgreSQL do not fit its data in {folder.Data}: restore them, or delete that folder to begin again with the demo content.",
                e
            );
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
        await using var command = new NpgsqlCommand(sql, keptConnection);
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            if (reader.GetBoolean(0))
                return;
        }
        await using var create = new NpgsqlCommand($"create database {Database} owner {OwnerLogin}", keptConnection);
        await create.ExecuteNonQueryAsync(cancel);
    }

    // Every process keeps one connection open, so that the others see it even between queries. A statement of a process that was killed may
    // still run, and is no other user.
    private async Task<bool> OthersAreConnected()
    {
        const string sql = """
            select array(
                       select a.application_name from pg_stat_activity a
                       where  a.backend_type = 'client backend' and a.application_name <> current_setting('application_name'))
            """;
        // Two attempts, because the kept connection may be from before a restart.
        for (var attempt = 0; attempt < 2 && await Postmaster.Running(folder, CancellationToken.None) is not null; attempt++)
        {
            try
            {
                if (keptConnection?.State != System.Data.ConnectionState.Open)
                    await Connect(CancellationToken.None);
                await using var command = new NpgsqlCommand(sql, keptConnection) { CommandTimeout = 5 };
                return !((string[])(await command.ExecuteScalarAsync())!).All(IsOfEndedProcess);
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or SetupException)
            {
                // A server that does not answer counts as unused.
            }
        }
        return false;
    }

    private static bool IsOfEndedProcess(string applicationName)
    {
        if (
            !applicationName.StartsWith(ProcessPrefix, StringComparison.Ordinal)
            || !int.TryParse(applicationName[ProcessPrefix.Length..], CultureInfo.InvariantCulture, out var id)
        )
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
        // A process of another account runs.
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private string Connection(string user, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = folder.Socket,
            Port = Postmaster.Port(folder) ?? 5432,
            Username = user,
            Password = password,
            Database = database,
            ApplicationName = $"{ProcessPrefix}{Environment.ProcessId}",
            Pooling = user != Superuser,
        }.ConnectionString;
}
