using System.Diagnostics;
using System.Net.Sockets;
using Api.Data;
using Api.Data.Server;
using Api.Tests.Support;

namespace Api.EndToEnd.Support.Caches;

/// <summary>
/// A cache that runs, in a temporary folder and as an account without rights. What it printed stays there when something about it was not
/// as expected.
/// </summary>
internal sealed class RunningCache : IAsyncDisposable
{
    // 65534 is nobody. Root would be another case: nginx and Squid change to accounts of their own, and Apache refuses.
    private static readonly string[] Nobody = Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        : [];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("cache").FullName;
    private Background? server;
    private TcpProxy? origin;
    private HttpClient? client;
    private bool isKept;

    private RunningCache(SharedCache cache) => Cache = cache;

    public SharedCache Cache { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>How many requests it has sent to the API, where they are counted.</summary>
    public int Requests => origin!.Requests;

    /// <summary>Asks it; for answers that are not read whole.</summary>
    public HttpClient Client => client!;

    /// <summary>Starts a cache in front of an API.</summary>
    /// <param name="cache">Which one.</param>
    /// <param name="api">Where that listens, on loopback.</param>
    /// <param name="counts">
    /// Whether its requests are counted; then they go through another server, and the API cannot refuse a connection.
    /// </param>
    /// <param name="cancel">Ends the waiting for it.</param>
    public static async Task<RunningCache> Start(SharedCache cache, Uri api, bool counts, CancellationToken cancel)
    {
        var running = new RunningCache(cache);
        try
        {
            if (counts)
                running.origin = TcpProxy.Start(() => api);
            await running.Start(running.origin?.Port ?? api.Port, cancel);
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it.</summary>
    /// <returns>The answer, whole.</returns>
    public Task<Answer> Ask(string path, params (string Name, string Value)[] headers) => Ask(HttpMethod.Get, path, headers);

    /// <summary>Asks it by another method.</summary>
    public async Task<Answer> Ask(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        try
        {
            return await Answer.To(client!, method, path, headers);
        }
        catch (HttpRequestException e)
        {
            Holds(false, $"no answer to {path}: {e.Message}");
            throw;
        }
    }

    /// <summary>Asks until it answers from what it keeps, as Apache stores an answer after it has sent it.</summary>
    /// <returns>The answer.</returns>
    public async Task<Answer> Keep(string path, params (string Name, string Value)[] headers)
    {
        for (var time = 0; time < 10; time++)
        {
            var before = Requests;
            var answer = await Ask(path, headers);
            if (Requests == before)
                return answer;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Holds(false, $"it does not keep {path}");
        throw new InvalidOperationException();
    }

    /// <summary>Lets each answer of the API take so long.</summary>
    public void Slow(TimeSpan by) => origin!.Slow(by);

    /// <summary>Fails the test, with the name of the cache and where its logs are, unless something is so.</summary>
    public void Holds(bool isSo, string otherwise)
    {
        if (isSo)
            return;
        isKept = true;
        Assert.Fail($"{Cache.Name}: {otherwise}\nIts logs are in {folder}.");
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        if (origin is not null)
            await origin.DisposeAsync();
        if (!isKept)
            Directory.Delete(folder, recursive: true);
    }

    private async Task Start(int api, CancellationToken cancel)
    {
        var port = Background.FreePort();
        foreach (var name in new[] { "cache", "tmp" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        var text = await File.ReadAllTextAsync(
            Path.Combine(Checkout.Find(AppContext.BaseDirectory), "docs", "caching", Cache.File),
            cancel
        );
        foreach (var (written, tested) in Cache.Places)
        {
            Assert.True(text.Split(written).Length == 2, $"docs/caching/{Cache.File} has to have {written} once.");
            text = text.Replace(written, Here(tested), StringComparison.Ordinal);
        }
        await File.WriteAllTextAsync(Path.Combine(folder, Cache.File), text, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "main"), Here(Cache.Main), cancel);
        if (Nobody.Length > 0)
            await Tool.Run("chown", ["-R", "65534:65534", folder], cancel);
        server = Background.Start([.. Nobody, Cache.Program, .. Cache.Arguments.Select(Here)], folder, Path.Combine(folder, "log"));
        Address = new Uri($"http://127.0.0.1:{port}");
        client = Answer.Client(Address);
        var waited = Stopwatch.StartNew();
        while (!await Listens(port, cancel))
        {
            Holds(waited.Elapsed < Patience, "it did not start");
            await Task.Delay(20, cancel);
        }

        string Here(string place) =>
            place
                .Replace("{folder}", folder, StringComparison.Ordinal)
                .Replace("{port}", $"{port}", StringComparison.Ordinal)
                .Replace("{api}", $"{api}", StringComparison.Ordinal)
                .Replace("{stale}", $"{CachedSite.Stale}", StringComparison.Ordinal);
    }

    private static async Task<bool> Listens(int port, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
