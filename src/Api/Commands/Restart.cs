using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Api.Settings;

namespace Api.Commands;

/// <summary>Restarts the process in place, with settings that the runtime reads only at startup.</summary>
/// <remarks>
/// .NET profiles hot methods and then compiles them again (profile-guided optimization). A server benefits for as long as it runs. An
/// import of 20,000 posts spends a third of its processor time on it and ends before that pays off.
/// </remarks>
internal static class Restart
{
    private const string Profiling = "DOTNET_TieredPGO";

    private static readonly Setting ProfilingSetting = new(Profiling, "switch of .NET")
    {
        IsInFiles = false,
        DefaultNote = "`0` for imports on Linux, else .NET's own",
        Range = "`0`, `1`",
        Effect = "Profile-guided optimization. When it is set, an import does not restart itself without it.",
    };

    // By default hot methods are recompiled only after 100 ms without a new compilation, and the garbage collector lets new objects fill
    // the processor's cache. A limit of 8 MiB (in hexadecimal digits) takes no more time, and some 10 MB less at the peak with an export of
    // 500 MB.
    private static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        [Profiling] = "0",
        ["DOTNET_TC_CallCountingDelayMs"] = "0",
        ["DOTNET_GCgen0MaxBudget"] = "800000",
    };

    /// <summary>
    /// Restarts with the settings for a single run: same process id, arguments, input and output (execve(2)). Returns without a restart on
    /// systems other than Linux, and when the environment already sets whether to profile.
    /// </summary>
    public static void ForOneRun()
    {
        if (
            !OperatingSystem.IsLinux()
            || Environment.GetEnvironmentVariable(ProfilingSetting.Variable) is not null
            || Environment.ProcessPath is not { } program
        )
            return;
        try
        {
            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[..^1];
            var environment = Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);
            foreach (var (name, value) in Settings)
                environment[name] = value;
            // Arguments that are not valid UTF-8 would be altered.
            if (!arguments.Concat(environment.Values).Any(text => text?.Contains('\uFFFD', StringComparison.Ordinal) is true))
                _ = Execute(program, [.. arguments, null], [.. environment.Select(entry => $"{entry.Key}={entry.Value}"), null]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Continues without the settings.
        }
    }

    // Both arrays end with null. Returns only on failure.
    [DllImport("libc", EntryPoint = "execve", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string path, string?[] arguments, string?[] environment);
}
