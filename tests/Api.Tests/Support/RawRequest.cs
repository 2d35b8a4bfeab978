using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Api.Tests.Support;

/// <summary>A request without a client around it: thousands of them at once take little.</summary>
internal static class RawRequest
{
    /// <summary>Sends a request as it is, on a connection of its own.</summary>
    /// <returns>Status line and headers of the answer as they come over the wire, with the empty line after them.</returns>
    public static async Task<string> Head(Uri address, string request, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, cancel);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), cancel);
        var received = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer, cancel) is > 0 and var length)
        {
            received.AddRange(buffer.AsSpan(0, length));
            var end = Encoding.Latin1.GetString([.. received]).IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
                return Encoding.Latin1.GetString([.. received], 0, end + 4);
        }
        throw new IOException("The answer ended before its headers did.");
    }

    /// <summary>Gets a path on a connection of its own.</summary>
    /// <returns>The status of the answer; 0 when there was none.</returns>
    public static async Task<int> Send(Uri address, string path, CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, cancel);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"),
            cancel
        );
        var buffer = new byte[2 * 1024];
        var first = await socket.ReceiveAsync(buffer, cancel);
        var status = first > 12 ? int.Parse(Encoding.ASCII.GetString(buffer, "HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture) : 0;
        try
        {
            while (await socket.ReceiveAsync(buffer, cancel) > 0)
            {
                // To the end.
            }
        }
        catch (SocketException)
        {
            // The server gives up on a client that reads too slowly, as thousands together may on a busy machine.
        }
        return status;
    }
}
