using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using Api.Settings;

namespace Api.Commands;

/// <summary>Lets the process begin again, as itself, with settings that the runtime reads only when it starts.</summary>
/// <remarks>
/// .NET first watches how hot methods are used and compiles them once more then (profile-guided optimization). A server gains from it for as long as it runs; an import
/// of 20,000 posts spends a third of its processor time on it and is over before that pays.
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

    // By default hot methods wait until nothing new has been compiled for a tenth of a second, and new objects may fill the processor's cache before they are collected: 8 MiB (in hexadecimal digits) take
    // no more time, and some 10 MB less at the peak of an export of 500 MB.
    private static readonly IReadOnlyDictionary<string, string> Settings =
        new Dictionary<string, string> { [Profiling] = "0", ["DOTNET_TC_CallCountingDelayMs"] = "0", ["DOTNET_GCgen0MaxBudget"] = "800000" };

    /// <summary>
    /// Begins again with the settings for work that is done once: same process id, arguments, input and output (execve(2)). Returns when it is not to be: on other systems
    /// than Linux, or where the environment says already whether to profile.
    /// </summary>
    public static void ForOneRun()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(ProfilingSetting.Variable) is not null || Environment.ProcessPath is not { } program)
            return;
        try
        {
            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[..^1];
            var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);
            foreach (var (name, value) in Settings)
                environment[name] = value;
            // What is no UTF-8 would arrive as something else.
            if (!arguments.Concat(environment.Values).Any(text => text?.Contains('\uFFFD', StringComparison.Ordinal) is true))
                _ = Execute(program, [.. arguments, null], [.. environment.Select(entry => $"{entry.Key}={entry.Value}"), null]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // It does without.
        }
    }

    // Both lists end with null. Returns only when it fails.
    [DllImport("libc", EntryPoint = "execve", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string path, string?[] arguments, string?[] environment);
}
