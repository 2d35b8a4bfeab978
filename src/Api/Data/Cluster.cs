using System.Net;
using System.Net.Sockets;

namespace Api.Data;

/// <summary>The data folder and its server process, by means of PostgreSQL's own programs.</summary>
internal sealed class Cluster(PrivateFolder folder, PostgresBinaries binaries)
{
    /// <summary>Makes the data folder; a killed run leaves nothing that looks like one.</summary>
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
            // C.UTF-8 knows letters beyond ASCII and sorts alike on every machine; macOS and Windows have no such locale.
            var locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "en_US.UTF-8";
            var result = await folder.Account.Run(
                binaries.InitDb,
                ["-D", folder.Unfinished, "-U", superuser, "--auth=scram-sha-256", "--encoding=UTF8", $"--locale={locale}", $"--pwfile={passwordFile}", "--no-sync"],
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

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    /// <exception cref="SetupException">It does not start; the message has the reason from its log.</exception>
    public async Task Launch(bool durable, CancellationToken cancel)
    {
        TrimLog();
        var options = OperatingSystem.IsWindows()
            ? $"-c listen_addresses=127.0.0.1 -p {FreePort()}"
            : $"-c listen_addresses= -c unix_socket_directories={folder.Socket} -c unix_socket_permissions=0700 -p 5432";
        options += " -c timezone=UTC -c log_timezone=UTC -c jit=off -c max_connections=200";
        // The defaults are for a machine of twenty years ago: a large import would wait for its own checkpoints.
        options += " -c shared_buffers=256MB -c max_wal_size=4GB";
        if (!durable)
            options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off";

        // pg_ctl gives the server a session of its own (Ctrl-C does not reach it) and, with -l, none of our pipes.
        string[] start = ["start", "-D", folder.Data, "-l", folder.Log, "-w", "-t", "60", "-o", options];
        var result = new ToolResult(1, "");
        for (var attempt = 0; attempt < 50; attempt++)
        {
            result = await folder.Account.Run(binaries.PgCtl, start, cancel);
            if (result.Succeeded)
                return;
            if (!await HeldByOrphans(cancel))
                break;
            await Task.Delay(200, cancel);
        }
        throw new SetupException($"PostgreSQL did not start ({result.LastLine}); its log is {folder.Log}: {(await LogTail(cancel)).LastOrDefault()}");
    }

    /// <summary>Stops the server if it runs, ending its connections.</summary>
    public async Task Stop(CancellationToken cancel)
    {
        if (await Postmaster.Running(folder, cancel) is not null)
            await folder.Account.Run(binaries.PgCtl, ["stop", "-D", folder.Data, "-m", "fast", "-w", "-t", "10"], cancel);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
