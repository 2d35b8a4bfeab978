using System.Diagnostics;

namespace Api.Data.Server;

/// <summary>Runs another program to its end.</summary>
internal static class Tool
{
    /// <summary>
    /// Runs <paramref name="file"/> without standard input and with <c>/</c> as its working directory, which every account may enter.
    /// </summary>
    /// <returns>Exit code and output; exit code 127 when the program does not exist.</returns>
    public static async Task<ToolResult> Run(string file, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } root ? root : "/",
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new ToolResult(127, e.Message);
        }
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new ToolResult(process.ExitCode, (await output + await errors).Trim());
    }
}

/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Output">Standard output followed by standard error, trimmed.</param>
internal sealed record ToolResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line of the output, where PostgreSQL's tools and npm report the error.</summary>
    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? $"exit code {ExitCode}";
}
