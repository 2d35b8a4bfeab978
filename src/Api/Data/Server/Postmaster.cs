using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Api.Data.Server;

/// <summary>The processes of the server of a data folder: what <c>postmaster.pid</c> says, whether it is true, and what a killed server leaves behind.</summary>
internal static class Postmaster
{
    // https://www.postgresql.org/docs/current/storage-file-layout.html: process id, data, start, port, socket folder, address, shared memory, and since version 10 the status.
    private const int PortLine = 3;
    private const int StatusLine = 7;

    /// <summary>The process id of the server that runs on this data; null when none does.</summary>
    public static async Task<int?> Running(PrivateFolder folder, CancellationToken cancel)
    {
        if (!File.Exists(folder.PostmasterPid))
            return (await Processes(folder, cancel)).Where(process => process.IsPostmaster).Select(process => (int?)process.Id).FirstOrDefault();
        var first = (await Lines(folder.PostmasterPid, cancel)).FirstOrDefault();
        return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) && await Serves(pid, folder.Data, cancel) ? pid : null;
    }

    /// <summary>Whether a server that has started can be found by clients: false once somebody, such as a cleaner of temporary files, has removed its socket or a lock file.</summary>
    public static async Task<bool> CanBeReached(PrivateFolder folder, CancellationToken cancel)
    {
        if (!File.Exists(folder.PostmasterPid))
            return false;
        // Before it is ready and while it stops it may have none of them.
        return folder.SocketFiles.All(File.Exists) || (await Lines(folder.PostmasterPid, cancel)).ElementAtOrDefault(StatusLine)?.Trim() != "ready";
    }

    /// <summary>Port in the lock file, which a killed server leaves behind; null when there is no such file.</summary>
    public static int? Port(PrivateFolder folder)
    {
        var lines = File.Exists(folder.PostmasterPid) ? File.ReadAllLines(folder.PostmasterPid) : [];
        return lines.Length > PortLine && int.TryParse(lines[PortLine], CultureInfo.InvariantCulture, out var port) ? port : null;
    }

    /// <summary>Removes the lock files a killed server left. PostgreSQL does so itself unless some other process has got the old process id meanwhile.</summary>
    public static void Forget(PrivateFolder folder)
    {
        File.Delete(folder.PostmasterPid);
        foreach (var file in folder.SocketFiles)
            File.Delete(file);
    }

    /// <summary>
    /// Kills what there is of the server. The children of a killed postmaster end by themselves only when they next wait for something, which a long statement does not; until then
    /// PostgreSQL refuses to start on their data.
    /// </summary>
    public static async Task Kill(PrivateFolder folder, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < 100 && await Processes(folder, cancel) is { Count: > 0 } left; attempt++)
        {
            // The postmaster first: it would start others.
            foreach (var (id, _) in left.OrderByDescending(process => process.IsPostmaster))
                Kill(id);
            await Task.Delay(20, cancel);
        }
    }

    // By the name in their command lines, which everybody may read: "…/postgres -D … -c cluster_name=NAME …" and "postgres: NAME: checkpointer".
    private static async Task<List<(int Id, bool IsPostmaster)>> Processes(PrivateFolder folder, CancellationToken cancel)
    {
        var found = new List<(int Id, bool IsPostmaster)>();
        foreach (var (id, command) in await CommandLines(cancel))
        {
            var isPostmaster = command.Split(' ')[0].EndsWith("postgres", StringComparison.Ordinal) && $"{command} ".Contains($" cluster_name={folder.Name} ", StringComparison.Ordinal);
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
            return lines.Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2).Select(parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1].Trim()));
        }
        var all = new List<(int Id, string Command)>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id))
                all.Add((id, string.Join(' ', await Lines(Path.Combine(process, "cmdline"), cancel)).Replace('\0', ' ')));
        }
        return all;
    }

    // A server that is about to end takes its files away between two looks: not there any more, or there and not to be read.
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
            // It has ended meanwhile.
        }
    }
}
