using System.Globalization;

namespace Api.Data;

/// <summary>What <c>postmaster.pid</c> says about the server of a data folder, and whether it is true.</summary>
internal static class Postmaster
{
    /// <summary>The process id of the server that runs on this data; null when none does.</summary>
    public static async Task<int?> Running(PrivateFolder folder, CancellationToken cancel)
    {
        var first = (await Lines(folder.PostmasterPid, cancel)).FirstOrDefault();
        return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) && await Serves(pid, folder.Data, cancel) ? pid : null;
    }

    /// <summary>Port in the lock file; 5432 unless the server listens on loopback.</summary>
    public static int Port(PrivateFolder folder)
    {
        var lines = File.Exists(folder.PostmasterPid) ? File.ReadAllLines(folder.PostmasterPid) : [];
        return lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 5432;
    }

    /// <summary>Removes the lock files a killed server left. PostgreSQL does so itself unless some other process has got the old process id meanwhile.</summary>
    public static void Forget(PrivateFolder folder)
    {
        File.Delete(folder.PostmasterPid);
        if (OperatingSystem.IsWindows())
            return;
        File.Delete(Path.Combine(folder.Socket, ".s.PGSQL.5432.lock"));
        File.Delete(Path.Combine(folder.Socket, ".s.PGSQL.5432"));
    }

    // A server that is about to end takes its files away between two looks: not there any more, or there and not to be read.
    private static async Task<string[]> Lines(string path, CancellationToken cancel)
    {
        try
        {
            return File.Exists(path) ? await File.ReadAllLinesAsync(path, cancel) : [];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static async Task<bool> Serves(int pid, string data, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = System.Diagnostics.Process.GetProcesses().FirstOrDefault(p => p.Id == pid);
            return process?.ProcessName == "postgres";
        }
        var commandLine = $"/proc/{pid}/cmdline";
        if (File.Exists("/proc/self/cmdline"))
            return (await Lines(commandLine, cancel)).SelectMany(line => line.Split('\0')).Contains(data);
        return (await Tool.Run("ps", ["-p", $"{pid}", "-o", "command="], cancel)).Output.Contains(data, StringComparison.Ordinal);
    }
}
