using System.Globalization;

namespace Api.Benchmarks;

/// <summary>What is asked for in a measurement; all but the path may be null.</summary>
internal sealed record Request(string Path, string? Host = null, string? ETag = null, string? Key = null, string? From = null);

/// <summary>What <c>wrk</c> measured.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Requests">Answers in all.</param>
/// <param name="Failed">Those of them that are errors, or did not come.</param>
/// <param name="Processor">
/// Microseconds of processor time that the server took for an answer: less shaken by what else runs than the others.
/// </param>
internal sealed record Load(double PerSecond, double P50, double P99, long Requests, long Failed = 0, double Processor = 0);

/// <summary>Drives a server with the load generator <c>wrk</c>.</summary>
internal static class Wrk
{
    /// <summary>Connections that ask at the same time, each for the next as soon as it is answered.</summary>
    public const int Connections = 16;

    /// <summary>Drives a server. Fails when a request fails.</summary>
    public static async Task<Load> Drive(string url, IEnumerable<Request> requests, int seconds, int connections = Connections)
    {
        var load = await Pace(url, requests, seconds, connections, 0);
        return load.Failed == 0 ? load : throw new InvalidOperationException($"{load.Failed} of {load.Requests} requests failed");
    }

    /// <summary>
    /// Drives a server with pauses between the requests of a connection: <paramref name="pause"/> milliseconds on the average, of random
    /// length. Requests may fail.
    /// </summary>
    public static async Task<Load> Pace(string url, IEnumerable<Request> requests, int seconds, int connections, int pause)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(
                file,
                requests.Select(request => $"{request.Path}\t{request.Host}\t{request.ETag}\t{request.Key}\t{request.From}")
            );
            var script = Path.Combine(AppContext.BaseDirectory, "walk.lua");
            var output = await Shell.Run(
                "wrk",
                ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, url, "--", file, pause.ToString(CultureInfo.InvariantCulture)],
                "Debian has it as the package wrk."
            );
            var line = output.Split('\n').Single(line => line.StartsWith("result ", StringComparison.Ordinal));
            var figures = line.Split(' ').Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return new Load(figures[0] / (figures[1] / 1e6), figures[3] / 1e3, figures[4] / 1e3, figures[0], figures[2]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
