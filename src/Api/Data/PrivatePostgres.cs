using System.Net;
using System.Net.Sockets;
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
    private readonly PostgresBinaries binaries;
    private readonly PrivatePasswords passwords;
    private NpgsqlConnection? anchor;

    private PrivatePostgres(PrivateFolder folder, PostgresBinaries binaries, PrivatePasswords passwords)
    {
        this.folder = folder;
        this.binaries = binaries;
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
            var server = new PrivatePostgres(folder, binaries, folder.Passwords());
            if (folder.DataVersion is null)
            {
                settings.Tell($"Making a private PostgreSQL {binaries.Major} in {folder.Data} …");
                await server.Initialise(cancel);
            }
            if (!await server.Adopt(cancel))
                await server.Launch(settings.Durable, cancel);
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
            await Stop(CancellationToken.None);
    }

    private async Task Initialise(CancellationToken cancel)
    {
        if (Directory.Exists(folder.Unfinished))
            Directory.Delete(folder.Unfinished, recursive: true);
        var passwordFile = folder.Unfinished + ".password";
        await File.WriteAllTextAsync(passwordFile, passwords.Superuser, cancel);
        await folder.Account.HandOver(passwordFile, cancel);
        try
        {
            // C.UTF-8 knows letters beyond ASCII and sorts alike on every machine; macOS and Windows have no such locale.
            var locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "en_US.UTF-8";
            var result = await folder.Account.Run(
                binaries.InitDb,
                ["-D", folder.Unfinished, "-U", Superuser, "--auth=scram-sha-256", "--encoding=UTF8", $"--locale={locale}", $"--pwfile={passwordFile}", "--no-sync"],
                cancel);
            if (!result.Succeeded)
                throw new SetupException($"initdb failed: {result.LastLine}");
            Directory.Move(folder.Unfinished, folder.Data);
        }
        finally
        {
            File.Delete(passwordFile);
        }
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
        await Stop(cancel);
        return false;
    }

    private async Task Launch(bool durable, CancellationToken cancel)
    {
        TrimLog();
        var options = OperatingSystem.IsWindows()
            ? $"-c listen_addresses=127.0.0.1 -p {FreePort()}"
            : $"-c listen_addresses= -c unix_socket_directories={folder.Socket} -c unix_socket_permissions=0700 -p 5432";
        options += " -c timezone=UTC -c log_timezone=UTC -c jit=off -c max_connections=200";
        if (!durable)
            options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off";

        // pg_ctl gives the server a session of its own (Ctrl-C does not reach it) and, with -l, none of our pipes.
        string[] start = ["start", "-D", folder.Data, "-l", folder.Log, "-w", "-t", "60", "-o", options];
        var result = new ToolResult(1, "");
        for (var attempt = 0; attempt < 50; attempt++)
        {
            result = await folder.Account.Run(binaries.PgCtl, start, cancel);
            if (result.Succeeded && await TryConnect(cancel))
                return;
            if (!await HeldByOrphans(cancel))
                break;
            await Task.Delay(200, cancel);
        }
        throw new SetupException($"PostgreSQL did not start ({result.LastLine}); its log is {folder.Log}: {(await LogTail(cancel)).LastOrDefault()}");
    }

    // The children of a killed postmaster notice within a moment and leave; until then its shared memory is in use.
    private async Task<bool> HeldByOrphans(CancellationToken cancel) =>
        (await LogTail(cancel)).TakeLast(4).Any(line => line.Contains("shared memory block", StringComparison.Ordinal) || line.Contains("lock file", StringComparison.Ordinal));

    private async Task<string[]> LogTail(CancellationToken cancel) => File.Exists(folder.Log) ? await File.ReadAllLinesAsync(folder.Log, cancel) : [];

    private void TrimLog()
    {
        const long tenMegabytes = 10 << 20;
        if (File.Exists(folder.Log) && new FileInfo(folder.Log).Length > tenMegabytes)
            File.Move(folder.Log, folder.Log + ".old", overwrite: true);
    }

    private async Task<bool> TryConnect(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(SuperuserConnection);
        try
        {
            await connection.OpenAsync(cancel);
            anchor = connection;
            return true;
        }
        catch (NpgsqlException e) when (e is not PostgresException { SqlState: PostgresErrorCodes.InvalidPassword })
        {
            await connection.DisposeAsync();
            return false;
        }
        catch (PostgresException e)
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

    private async Task Stop(CancellationToken cancel)
    {
        if (await Postmaster.Running(folder, cancel) is not null)
            await folder.Account.Run(binaries.PgCtl, ["stop", "-D", folder.Data, "-m", "fast", "-w", "-t", "10"], cancel);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
