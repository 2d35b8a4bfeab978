using System.Globalization;

namespace Api.Benchmarks;

/// <summary>What is asked for in a measurement; <see cref="Host"/> and <see cref="ETag"/> may be null.</summary>
internal sealed record Request(string Path, string? Host = null, string? ETag = null);

/// <summary>What <c>wrk</c> measured.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Requests">Answers in all.</param>
/// <param name="Processor">
/// Microseconds of processor time that the server took for an answer: less shaken by what else runs than the others.
/// </param>
internal sealed record Load(double PerSecond, double P50, double P99, long Requests, double Processor = 0);

/// <summary>Drives a server with the load generator <c>wrk</c>.</summary>
internal static class Wrk
{
    /// <summary>Connections that ask at the same time, each for the next as soon as it is answered.</summary>
    public const int Connections = 16;

    public static async Task<Load> Drive(string url, IEnumerable<Request> requests, int seconds, int connections = Connections)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, requests.Select(request => $"{request.Path}\t{request.Host}\t{request.ETag}"));
            var script = Path.Combine(AppContext.BaseDirectory, "walk.lua");
            var output = await Shell.Run(
                "wrk",
                ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, url, "--", file],
                "Debian has it as the package wrk."
            );
            var line = output.Split('\n').Single(line => line.StartsWith("result ", StringComparison.Ordinal));
            var figures = line.Split(' ').Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            if (figures[2] > 0)
                throw new InvalidOperationException($"{figures[2]} of {figures[0]} requests failed:\n{output}");
            return new Load(figures[0] / (figures[1] / 1e6), figures[3] / 1e3, figures[4] / 1e3, figures[0]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
