using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Api.Data;
using Dapper;

namespace Api.Benchmarks;

/// <summary>
/// Measures streams of changes: the memory of a node for each listener, and how long after a commit all listeners have its event. The
/// listeners run on the same processors.
/// </summary>
internal static class Live
{
    private static readonly byte[] EventMark = "\"invalidates\""u8.ToArray();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(int articles, int listeners, int commits)
    {
        await using var corpus = await Corpus.Open(articles);
        using var node = await Servers.One(corpus);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var (idle, began) = (node.Used, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(20));
        Write(
            $"without listeners: {(node.Used - idle).TotalMilliseconds / Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} ms of processor time a second"
        );

        var before = node.Memory("VmRSS");
        var times = new long[listeners];
        var open = new List<Socket>();
        for (var n = 0; n < listeners; n++)
            open.Add(await Listen(node, times, n));
        await Task.Delay(TimeSpan.FromSeconds(20));
        var connected = node.Memory("VmRSS");
        Write($"{listeners} listeners: {before:0} MB before, {connected:0} MB with them, {connected - before:0} MB more");

        await using var content = new ContentDatabase(corpus.Connections);
        await using var connection = await content.DataSource.OpenConnectionAsync();
        int[] items = [.. await connection.QueryAsync<int>("select item_id from delivery.articles order by published_at desc limit 1000")];
        var (each, last) = (new List<double>(), new List<double>());
        for (var n = -5; n < commits; n++)
        {
            Array.Clear(times);
            var item = items[(n + 5) % items.Length];
            await connection.ExecuteAsync(Corpus.RetitleSql, new { title = $"Live {Guid.NewGuid():N}", item });
            var made = Stopwatch.GetTimestamp();
            while (Array.Exists(times, time => Volatile.Read(ref time) == 0) && Stopwatch.GetElapsedTime(made) < Patience)
                await Task.Delay(5);
            var late = times.Select(time =>
                time == 0 ? Patience.TotalMilliseconds : Stopwatch.GetElapsedTime(made, time).TotalMilliseconds
            );
            // The first ones warm up.
            if (n < 0)
                continue;
            each.AddRange(late);
            last.Add(late.Max());
            await Task.Delay(100);
        }
        each.Sort();
        last.Sort();
        Write(
            $"{commits} commits: p50 {each[each.Count / 2]:0.0} ms, p99 {each[each.Count * 99 / 100]:0.0} ms; the last listener p50 {last[last.Count / 2]:0} ms, most {last[^1]:0} ms"
        );
        Write($"{node.Memory("VmRSS") - before:0} MB more than without listeners");
        foreach (var socket in open)
            socket.Dispose();
        return 0;
    }

    // A reader that costs little: it looks only for the end of an event.
    private static async Task<Socket> Listen(Served node, long[] times, int number)
    {
        var url = new Uri(node.Url);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port));
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/changes/stream HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n"));
        var buffer = new byte[8 * 1024];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("ready"u8) < 0)
            length += await socket.ReceiveAsync(buffer.AsMemory(length));
        _ = Task.Run(async () =>
        {
            try
            {
                while (await socket.ReceiveAsync(buffer) is > 0 and var read)
                {
                    if (buffer.AsSpan(0, read).IndexOf(EventMark) >= 0)
                        Volatile.Write(ref times[number], Stopwatch.GetTimestamp());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The end of the measurement.
            }
        });
        return socket;
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
