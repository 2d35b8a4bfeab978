using System.Diagnostics;
using System.Globalization;

namespace Api.EndToEnd.Support;

/// <summary>
/// Somebody who works on a <see cref="WordPressSite"/> at random, by WordPress's own functions (<c>wordpress/edit.php</c>).
/// </summary>
internal sealed class RandomEditor : IDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    public RandomEditor(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What was done so far, a line a step.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Does something.</summary>
    public async Task Step(CancellationToken cancel)
    {
        await process.StandardInput.WriteLineAsync("".AsMemory(), cancel);
        await process.StandardInput.FlushAsync(cancel);
        // What WordPress warns of stands before it.
        var line = await process.StandardOutput.ReadLineAsync(cancel);
        Assert.True(
            line is not null,
            $"The editor ended after {string.Create(CultureInfo.InvariantCulture, $"{Steps.Count}")} steps: {(line is null ? await errors : "")}"
        );
        Steps.Add(line!);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(5_000))
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
