using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Api.Benchmarks;

/// <summary>A server as a process of its own, on a free port of this machine; disposing stops it.</summary>
internal sealed class Served : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process process;

    private Served(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    /// <summary>From the start of the process to the first answer.</summary>
    public TimeSpan FirstAnswer { get; private set; }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Used
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a server on a free port and waits until it answers.</summary>
    /// <param name="command">What to run; its output goes to <paramref name="log"/>, as a service's goes to its log.</param>
    /// <param name="log">A file.</param>
    /// <param name="probe">A path that answers 200.</param>
    /// <param name="environment">Settings.</param>
    public static Task<Served> Start(
        Func<string, string> command,
        string log,
        string probe,
        params (string Name, string Value)[] environment
    ) => Start(command, log, probe, $"http://127.0.0.1:{FreePort()}", environment);

    /// <summary>Starts a server at an address and waits until it answers.</summary>
    /// <param name="command">What to run; its output goes to <paramref name="log"/>, as a service's goes to its log.</param>
    /// <param name="log">A file.</param>
    /// <param name="probe">A path that answers 200.</param>
    /// <param name="url">Its address.</param>
    /// <param name="environment">Settings.</param>
    public static async Task<Served> Start(
        Func<string, string> command,
        string log,
        string probe,
        string url,
        params (string Name, string Value)[] environment
    )
    {
        // Without a shell that stays: the process is the server itself. A pipe to this process would cost it time.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec {command(url)} > '{log}' 2>&1"]);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var clock = Stopwatch.GetTimestamp();
        var served = new Served(Process.Start(start)!, url);
        while (!await served.Answers(probe))
        {
            if (served.process.HasExited || Stopwatch.GetElapsedTime(clock) > TimeSpan.FromSeconds(30))
                throw new InvalidOperationException($"{command(url)} does not answer: {await File.ReadAllTextAsync(log)}");
            await Task.Delay(5);
        }
        served.FirstAnswer = Stopwatch.GetElapsedTime(clock);
        return served;
    }

    /// <summary>Those of some requests that are answered.</summary>
    public async Task<IReadOnlyList<Request>> Answerable(IEnumerable<Request> requests)
    {
        var answerable = new List<Request>();
        foreach (var request in requests)
        {
            if (await Answers(request.Path))
                answerable.Add(request);
        }
        return answerable;
    }

    /// <summary>Asks once. Escapes: <see cref="HttpRequestException"/> when the status is none of the 2xx or 304.</summary>
    public async Task<(byte[] Body, string ETag, string CacheStatus)> Ask(string path, string? host = null, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url + path);
        request.Headers.Host = host;
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        using var answer = await Http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.NotModified)
            answer.EnsureSuccessStatusCode();
        answer.Headers.TryGetValues("Cache-Status", out var status);
        return (await answer.Content.ReadAsByteArrayAsync(), answer.Headers.ETag?.ToString() ?? "", status?.FirstOrDefault() ?? "");
    }

    /// <summary>A figure of <c>/proc/…/status</c>, such as <c>VmRSS</c> (resident now) or <c>VmHWM</c> (at most so far), in MB.</summary>
    public double Memory(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private async Task<bool> Answers(string probe)
    {
        try
        {
            await Ask(probe);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
