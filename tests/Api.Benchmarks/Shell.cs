using System.ComponentModel;
using System.Diagnostics;

namespace Api.Benchmarks;

/// <summary>Runs the programs of others.</summary>
internal static class Shell
{
    /// <summary>
    /// Runs a program to its end and gives its output; throws <see cref="InvalidOperationException"/> when it is missing or fails.
    /// </summary>
    public static async Task<string> Run(
        string program,
        string[] arguments,
        string whereToGetIt,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed:\n{output}\n{await error}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The program {program} is missing. {whereToGetIt}", e);
        }
    }
}
