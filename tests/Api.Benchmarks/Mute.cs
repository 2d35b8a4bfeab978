using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Api.Data;
using Dapper;

namespace Api.Benchmarks;

/// <summary>
/// Measures how long readers wait beside thousands of streams whose clients read nothing, with a commit a second and without: kept lists on
/// one node, lists that are not kept on another.
/// </summary>
internal static class Mute
{
    // About 400 requests a second.
    private const int Connections = 8;
    private const int Pause = 20;

    public static async Task<int> Run(int articles, int streams, int seconds, int rounds, string part)
    {
        await using var corpus = await Corpus.Open(articles);
        if (part is "" or "kept")
            await Measure(corpus, "kept list", [], [new Request(Asked.List)], streams, seconds, rounds);
        if (part is "" or "uncached")
            await Measure(corpus, "uncached list", [("Cache__MaxBytes", "0")], [.. Asked.Deep], streams, seconds, rounds);
        return 0;
    }

    private static async Task Measure(
        Corpus corpus,
        string name,
        (string, string)[] settings,
        Request[] requests,
        int streams,
        int seconds,
        int rounds
    )
    {
        using var node = await Servers.One(corpus, settings);
        await using var content = new ContentDatabase(corpus.Connections);
        await using var owner = await content.DataSource.OpenConnectionAsync();
        // Old ones, which are on no page that is asked for.
        int[] items = [.. await owner.QueryAsync<int>("select item_id from delivery.articles order by published_at limit 1000")];
        var ratios = new Dictionary<string, List<double>>
        {
            ["commits"] = [],
            ["streams"] = [],
            ["both"] = [],
        };
        // The first round warms up.
        for (var n = 0; n <= rounds; n++)
        {
            var quiet = await Pace();
            var commits = await WithCommits(Pace);
            var open = await Open(node, streams);
            await Task.Delay(TimeSpan.FromSeconds(2));
            var beside = await Pace();
            var both = await WithCommits(Pace);
            open.ForEach(socket => socket.Dispose());
            await Task.Delay(TimeSpan.FromSeconds(5));
            Write($"{name}: quiet {Text(quiet)}; commits {Text(commits)}; {streams} streams {Text(beside)}; both {Text(both)}");
            if (n == 0)
                continue;
            ratios["commits"].Add(commits.P99 / quiet.P99);
            ratios["streams"].Add(beside.P99 / quiet.P99);
            ratios["both"].Add(both.P99 / quiet.P99);
        }
        foreach (var (what, all) in ratios)
            Write(
                $"{name}: p99 with {what} {all.Order().ElementAt(all.Count / 2):0.00} times the quiet one ({all.Min():0.00} to {all.Max():0.00})"
            );

        Task<Load> Pace() => Wrk.Pace(node.Url, requests, seconds, Connections, Pause);

        async Task<Load> WithCommits(Func<Task<Load>> measure)
        {
            using var end = new CancellationTokenSource();
            var committing = Commit(owner, items, end.Token);
            var load = await measure();
            await end.CancelAsync();
            await committing;
            return load;
        }
    }

    private static async Task Commit(Npgsql.NpgsqlConnection owner, int[] items, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var n = 0; !cancel.IsCancellationRequested; n++)
        {
            await owner.ExecuteAsync(Corpus.RetitleSql, new { title = $"Mute {Guid.NewGuid():N}", item = items[n % items.Length] });
            await timer.WaitForNextTickAsync(cancel).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static async Task<List<Socket>> Open(Served node, int streams)
    {
        var url = new Uri(node.Url);
        var request = Encoding.ASCII.GetBytes($"GET /v1/changes/stream HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");
        var buffer = new byte[8 * 1024];
        var open = new List<Socket>();
        for (var n = 0; n < streams; n++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port));
            await socket.SendAsync(request);
            for (var length = 0; buffer.AsSpan(0, length).IndexOf("ready"u8) < 0; )
            {
                length += await socket.ReceiveAsync(buffer.AsMemory(length)) is > 0 and var read
                    ? read
                    : throw new InvalidOperationException("A stream was closed.");
            }
            open.Add(socket);
        }
        return open;
    }

    private static string Text(Load load) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {load.P50:0.00} ms, p99 {load.P99:0.00} ms ({load.PerSecond:0} a second, {load.Failed} failed)"
        );

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
