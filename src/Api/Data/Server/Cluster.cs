using System.Net;
using System.Net.Sockets;

namespace Api.Data.Server;

/// <summary>Creates a data folder, and starts and stops its server, with PostgreSQL's own programs.</summary>
internal sealed class Cluster(PrivateFolder folder, PostgresBinaries binaries)
{
    /// <summary>Creates the data folder. A run that is killed leaves no incomplete data folder.</summary>
    /// <exception cref="SetupException">initdb failed.</exception>
    public async Task Initialise(string superuser, string password, CancellationToken cancel)
    {
        if (Directory.Exists(folder.Unfinished))
            Directory.Delete(folder.Unfinished, recursive: true);
        var passwordFile = folder.Unfinished + ".password";
        await File.WriteAllTextAsync(passwordFile, password, cancel);
        await folder.Account.HandOver(passwordFile, cancel);
        try
        {
            // C.UTF-8 classifies non-ASCII letters and sorts identically on every machine; macOS and Windows have no such locale.
            var locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "en_US.UTF-8";
            var result = await folder.Account.Run(
                binaries.InitDb,
                [
                    "-D",
                    folder.Unfinished,
                    "-U",
                    superuser,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    $"--locale={locale}",
                    $"--pwfile={passwordFile}",
                    "--no-sync",
                ],
                cancel
            );
            if (!result.Succeeded)
                throw new SetupException($"initdb failed: {result.LastLine}");
            Directory.Move(folder.Unfinished, folder.Data);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>
    /// Starts the server, which must not be running, and waits until it accepts connections. When <paramref name="cancel"/> ends the wait,
    /// the server is stopped again.
    /// </summary>
    /// <exception cref="SetupException">The server does not start; the message has the reason from its log.</exception>
    public async Task Launch(bool durable, CancellationToken cancel)
    {
        TrimLog();
        await folder.KeepSocketFolder(cancel);
        // Before the start, so that files replaced during it are noticed.
        StartedFrom.Write(folder, binaries);
        // Keeps the port of the previous run, which clients still use.
        var options = OperatingSystem.IsWindows()
            ? $"-c listen_addresses=127.0.0.1 -p {Postmaster.Port(folder) ?? FreePort()}"
            : $"-c listen_addresses= -c unix_socket_directories={folder.Socket} -c unix_socket_permissions=0700 -p 5432";
        options += $" -c cluster_name={folder.Name}";
        options += " -c timezone=UTC -c log_timezone=UTC -c jit=off -c max_connections=200";
        // The defaults are too small: a large import would wait for its own checkpoints.
        options += " -c shared_buffers=256MB -c max_wal_size=4GB";
        // Crash recovery first syncs the data: 1,500 files one by one take seconds, the whole file system a tenth of a second.
        if (OperatingSystem.IsLinux())
            options += " -c recovery_init_sync_method=syncfs";
        if (!durable)
            options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off";

        // pg_ctl starts the server in a session of its own (Ctrl-C does not reach it) and, with -l, without our pipes. It returns at once
        // when the server exits. A server that crashed first syncs its files and replays up to 4 GB of WAL, which takes minutes on a busy
        // disk.
        string[] start = ["start", "-D", folder.Data, "-l", folder.Log, "-w", "-t", "900", "-o", options];
        var result = new ToolResult(1, "");
        for (var attempt = 0; attempt < 50; attempt++)
        {
            await Postmaster.Kill(folder, cancel);
            Postmaster.Forget(folder);
            result = await Start(start, cancel);
            if (result.Succeeded)
                return;
            if (!await HeldByOrphans(cancel))
                break;
            await Task.Delay(200, cancel);
        }
        throw new SetupException(
            $"PostgreSQL did not start ({result.LastLine}); its log is {folder.Log}: {(await LogTail(cancel)).LastOrDefault()?.Split("] ", 2)[^1]}"
        );
    }

    /// <summary>Stops the server if it runs and ends its connections, usually within ten seconds. No committed data is lost.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        // By process id, because the lock file that "pg_ctl stop" reads may be missing. INT is its mode "fast", QUIT "immediate".
        foreach (var (signal, seconds) in new[] { ("INT", 10), ("QUIT", 6) })
        {
            if (await Postmaster.Running(folder, cancel) is not { } process)
                break;
            await folder.Account.Run(binaries.PgCtl, ["kill", signal, $"{process}"], cancel);
            for (var wait = 0; wait < 50 * seconds && await Postmaster.Running(folder, cancel) is not null; wait++)
                await Task.Delay(20, cancel);
        }
        await Postmaster.Kill(folder, cancel);
    }

    // Ending pg_ctl does not end the server that it has started.
    private async Task<ToolResult> Start(string[] arguments, CancellationToken cancel)
    {
        var starting = folder.Account.Run(binaries.PgCtl, arguments, CancellationToken.None);
        try
        {
            return await starting.WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            do
            {
                await Stop(CancellationToken.None);
            } while (await Task.WhenAny(starting, Task.Delay(50, CancellationToken.None)) != starting);
            await Stop(CancellationToken.None);
            throw;
        }
    }

    // Children of a killed postmaster that cannot be identified by name, as on Windows, exit within a moment. Until then its shared memory
    // is in use.
    private async Task<bool> HeldByOrphans(CancellationToken cancel) =>
        (await LogTail(cancel))
            .TakeLast(4)
            .Any(line =>
                line.Contains("shared memory block", StringComparison.Ordinal) || line.Contains("lock file", StringComparison.Ordinal)
            );

    private async Task<string[]> LogTail(CancellationToken cancel) =>
        File.Exists(folder.Log) ? await File.ReadAllLinesAsync(folder.Log, cancel) : [];

    private void TrimLog()
    {
        const long tenMegabytes = 10 << 20;
        if (File.Exists(folder.Log) && new FileInfo(folder.Log).Length > tenMegabytes)
            File.Move(folder.Log, folder.Log + ".old", overwrite: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
