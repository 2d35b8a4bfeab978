using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Api.Tests.Support;

/// <summary>
/// Stands on loopback between a client and a server, such as an API and the Unix socket of a PostgreSQL, as a network that can fail.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Link, bool> links = new();
    private readonly Func<EndPoint> server;
    private readonly Task accepting;
    private volatile bool refuses;
    private volatile int accepted;
    private volatile int delay;
    private int left = int.MaxValue;
    private int requests;

    private TcpProxy(Func<EndPoint> server)
    {
        this.server = server;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections clients have made.</summary>
    public int Accepted => accepted;

    /// <summary>How many requests have passed to an HTTP server: heads end in an empty line, and bodies nobody sends.</summary>
    public int Requests => Volatile.Read(ref requests);

    public static TcpProxy Start(string socketPath) => new(() => new UnixDomainSocketEndPoint(socketPath));

    /// <summary>Before a server that may be another one for each connection.</summary>
    public static TcpProxy Start(Func<Uri> server) => new(() => new IPEndPoint(IPAddress.Loopback, server().Port));

    /// <summary>Nothing passes through the connections there are, and nobody is told; new ones work.</summary>
    public void Freeze()
    {
        foreach (var link in links.Keys)
            link.IsFrozen = true;
    }

    /// <summary>What the server says takes this long from now on.</summary>
    public void Slow(TimeSpan by) => delay = (int)by.TotalMilliseconds;

    /// <summary>Ends the connections there are.</summary>
    public void Cut()
    {
        foreach (var link in links.Keys)
            link.Dispose();
    }

    /// <summary>
    /// Ends a connection in the middle of what the server says, after so many bytes of all that it says from now on; until
    /// <see cref="Admit"/>.
    /// </summary>
    public void CutAfter(int bytes) => Volatile.Write(ref left, bytes);

    /// <summary>Ends the connections there are and lets none through until <see cref="Admit"/>.</summary>
    public void Refuse()
    {
        refuses = true;
        Cut();
    }

    /// <summary>Lets connections through again, as fast as they are.</summary>
    public void Admit()
    {
        (refuses, delay) = (false, 0);
        Volatile.Write(ref left, int.MaxValue);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        Cut();
        await accepting;
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            Interlocked.Increment(ref accepted);
            var address = server();
            var link = new Link(
                near,
                new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified),
                () => delay,
                Allow,
                () => Interlocked.Increment(ref requests)
            );
            if (refuses)
                link.Dispose();
            else
                _ = Carry(link, address);
        }
    }

    private async Task Carry(Link link, EndPoint address)
    {
        links[link] = true;
        await link.Carry(address);
        links.TryRemove(link, out _);
    }

    // How many bytes of these may still be said.
    private int Allow(int count)
    {
        if (Volatile.Read(ref left) == int.MaxValue)
            return count;
        var after = Interlocked.Add(ref left, -count);
        return after >= 0 ? count : Math.Max(0, count + after);
    }

    private sealed class Link(Socket near, Socket far, Func<int> delay, Func<int, int> allow, Action asked) : IDisposable
    {
        private readonly TaskCompletionSource over = new();

        public volatile bool IsFrozen;

        public async Task Carry(EndPoint server)
        {
            try
            {
                await far.ConnectAsync(server);
                await Task.WhenAny(Pump(near, far, () => 0, count => count, Listen()), Pump(far, near, delay, allow, _ => { }));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It ends like any other.
            }
            if (IsFrozen)
                await over.Task;
            Dispose();
        }

        public void Dispose()
        {
            near.Dispose();
            far.Dispose();
            over.TrySetResult();
        }

        // Tells of each empty line.
        private Action<ReadOnlyMemory<byte>> Listen()
        {
            var (end, seen) = ("\r\n\r\n"u8.ToArray(), 0);
            return bytes =>
            {
                foreach (var one in bytes.Span)
                {
                    seen =
                        one == end[seen] ? seen + 1
                        : one == end[0] ? 1
                        : 0;
                    if (seen < end.Length)
                        continue;
                    asked();
                    seen = 0;
                }
            };
        }

        private async Task Pump(Socket from, Socket to, Func<int> delay, Func<int, int> allow, Action<ReadOnlyMemory<byte>> heard)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is > 0 and var count)
                {
                    if (delay() is > 0 and var milliseconds)
                        await Task.Delay(milliseconds);
                    if (IsFrozen)
                        return;
                    heard(buffer.AsMemory(0, count));
                    var allowed = allow(count);
                    await to.SendAsync(buffer.AsMemory(0, allowed));
                    if (allowed < count)
                        return;
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // One end has gone.
            }
        }
    }
}
