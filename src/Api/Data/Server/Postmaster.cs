using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Api.Data.Server;

/// <summary>The server processes of a data folder: reads and verifies <c>postmaster.pid</c>, and cleans up after a killed server.</summary>
internal static class Postmaster
{
    // https://www.postgresql.org/docs/current/storage-file-layout.html: process id, data, start, port, socket folder, address, shared
    // memory, and since version 10 the status.
    private const int PortLine = 3;
    private const int StatusLine = 7;

    /// <summary>The process id of the server that runs on this data; null when none runs.</summary>
    public static async Task<int?> Running(PrivateFolder folder, CancellationToken cancel)
    {
        if (!File.Exists(folder.PostmasterPid))
            return (await Processes(folder, cancel))
                .Where(process => process.IsPostmaster)
                .Select(process => (int?)process.Id)
                .FirstOrDefault();
        var first = (await Lines(folder.PostmasterPid, cancel)).FirstOrDefault();
        return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) && await Serves(pid, folder.Data, cancel) ? pid : null;
    }

    /// <summary>
    /// Whether clients can connect to a server that has started. False when its socket or a lock file was removed, for example by a cleanup
    /// of temporary files.
    /// </summary>
    public static async Task<bool> CanBeReached(PrivateFolder folder, CancellationToken cancel)
    {
        if (!File.Exists(folder.PostmasterPid))
            return false;
        // The files may be missing before the server is ready and while it stops.
        return folder.SocketFiles.All(File.Exists) || await Status(folder, cancel) != "ready";
    }

    /// <summary>Whether a server runs that is neither starting, which includes the recovery after a crash, nor stopping.</summary>
    public static async Task<bool> IsUp(PrivateFolder folder, CancellationToken cancel) =>
        await Running(folder, cancel) is not null && await Status(folder, cancel) is null or "ready";

    /// <summary>The port in the lock file, which a killed server leaves behind; null without a lock file.</summary>
    public static int? Port(PrivateFolder folder)
    {
        var lines = File.Exists(folder.PostmasterPid) ? File.ReadAllLines(folder.PostmasterPid) : [];
        return lines.Length > PortLine && int.TryParse(lines[PortLine], CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    /// <summary>
    /// Removes the lock files of a killed server. PostgreSQL does so itself unless another process has the old process id by now.
    /// </summary>
    public static void Forget(PrivateFolder folder)
    {
        File.Delete(folder.PostmasterPid);
        foreach (var file in folder.SocketFiles)
            File.Delete(file);
    }

    /// <summary>
    /// Kills all processes of the server. The children of a killed postmaster exit only when they next wait for something, which a long
    /// statement does not do. Until they exit, PostgreSQL refuses to start on their data.
    /// </summary>
    public static async Task Kill(PrivateFolder folder, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < 100 && await Processes(folder, cancel) is { Count: > 0 } left; attempt++)
        {
            // The postmaster first, as it would start new children.
            foreach (var (id, _) in left.OrderByDescending(process => process.IsPostmaster))
                Kill(id);
            await Task.Delay(20, cancel);
        }
    }

    // By the cluster name in their command lines, which every user may read: "…/postgres -D … -c cluster_name=NAME …" and "postgres: NAME:
    // checkpointer".
    private static async Task<List<(int Id, bool IsPostmaster)>> Processes(PrivateFolder folder, CancellationToken cancel)
    {
        var found = new List<(int Id, bool IsPostmaster)>();
        foreach (var (id, command) in await CommandLines(cancel))
        {
            var isPostmaster =
                command.Split(' ')[0].EndsWith("postgres", StringComparison.Ordinal)
                && $"{command} ".Contains($" cluster_name={folder.Name} ", StringComparison.Ordinal);
            if (isPostmaster || command.StartsWith($"postgres: {folder.Name}: ", StringComparison.Ordinal))
                found.Add((id, isPostmaster));
        }
        return found;
    }

    private static async Task<IEnumerable<(int Id, string Command)>> CommandLines(CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows())
            return [];
        if (!File.Exists("/proc/self/cmdline"))
        {
            var lines = (await Tool.Run("ps", ["-axo", "pid=,command="], cancel)).Output.Split('\n', StringSplitOptions.TrimEntries);
            return lines
                .Select(line => line.Split(' ', 2))
                .Where(parts => parts.Length == 2)
                .Select(parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1].Trim()));
        }
        var all = new List<(int Id, string Command)>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id))
                all.Add((id, string.Join(' ', await Lines(Path.Combine(process, "cmdline"), cancel)).Replace('\0', ' ')));
        }
        return all;
    }

    // A server that is stopping removes its files at any moment: between the check and the read, they can disappear or become unreadable.
    private static async Task<string[]> Lines(string path, CancellationToken cancel)
    {
        try
        {
            return File.Exists(path) ? await File.ReadAllLinesAsync(path, cancel) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // Null without a lock file, or in the first moment of a start.
    private static async Task<string?> Status(PrivateFolder folder, CancellationToken cancel) =>
        (await Lines(folder.PostmasterPid, cancel)).ElementAtOrDefault(StatusLine)?.Trim();

    private static async Task<bool> Serves(int pid, string data, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = Process.GetProcesses().FirstOrDefault(p => p.Id == pid);
            return process?.ProcessName == "postgres";
        }
        var commandLine = $"/proc/{pid}/cmdline";
        if (File.Exists("/proc/self/cmdline"))
            return (await Lines(commandLine, cancel)).SelectMany(line => line.Split('\0')).Contains(data);
        return (await Tool.Run("ps", ["-p", $"{pid}", "-o", "command="], cancel)).Output.Contains(data, StringComparison.Ordinal);
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // The process has already exited.
        }
    }
}
