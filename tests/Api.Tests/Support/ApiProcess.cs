using System.Collections.Concurrent;
using System.Diagnostics;
using Api.Data;
using Api.Hosting;

namespace Api.Tests.Support;

/// <summary>The built program, run as a process of its own.</summary>
internal sealed class ApiProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();

    private ApiProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => string.Join('\n', output);

    public string Errors => string.Join('\n', errors);

    /// <summary>Starts <c>Api ARGUMENTS</c> with the given settings in its environment; a null value removes one.</summary>
    public static ApiProcess Start(string[] arguments, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ApiHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Checkout.Find(AppContext.BaseDirectory),
        };
        // It does not run long enough to earn the time that profiling costs.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var running = new ApiProcess(new Process { StartInfo = start });
        running.process.OutputDataReceived += (_, line) => Keep(running.output, line.Data);
        running.process.ErrorDataReceived += (_, line) => Keep(running.errors, line.Data);
        running.process.Start();
        running.process.StandardInput.Close();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> Exit(CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(limited.Token);
        return process.ExitCode;
    }

    /// <summary>Waits for the line that says where it listens.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> Listening(CancellationToken cancel)
    {
        var patience = Stopwatch.StartNew();
        // A private server is made first, and the demo content loaded.
        while (patience.Elapsed < TimeSpan.FromMinutes(3) && !process.HasExited)
        {
            if (output.FirstOrDefault(line => line.StartsWith("http://", StringComparison.Ordinal)) is { } line)
                return new Uri(line.Split(' ')[0]);
            await Task.Delay(50, cancel);
        }
        throw new InvalidOperationException($"It does not listen.\n{Output}\n{Errors}");
    }

    /// <summary>The most memory it has had so far, in bytes.</summary>
    public long PeakMemory()
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }

    /// <summary>Asks it to stop, as an orchestrator would.</summary>
    public void Terminate() => Process.Start("sh", ["-c", $"kill -TERM {process.Id}"]).WaitForExit();

    /// <summary>Ends it without a chance to clean up.</summary>
    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
