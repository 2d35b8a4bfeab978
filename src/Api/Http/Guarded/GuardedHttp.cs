using System.Net;
using System.Net.Sockets;

namespace Api.Http.Guarded;

/// <summary>
/// HTTP clients for URLs that somebody else chose. A name is resolved for each new connection, all its addresses are checked, and the
/// connection goes to one of these, so a name that changes in between gains nothing. There are no redirects, cookies, proxies or
/// decompression.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    // Below the 15 s that a webhook has, so that a second address is tried when the first does not answer.
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);

    private readonly Resolve resolve;
    private readonly HttpMessageInvoker strict;
    private readonly HttpMessageInvoker lenient;

    /// <param name="resolve">Finds the addresses of a name; null for the resolver of this machine.</param>
    public GuardedHttp(Resolve? resolve = null)
    {
        this.resolve = resolve ?? Dns.GetHostAddressesAsync;
        strict = Create(allowPrivate: false);
        lenient = Create(allowPrivate: true);
    }

    /// <summary>Finds the addresses of a name.</summary>
    /// <exception cref="SocketException">There are none.</exception>
    internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancel);

    /// <summary>Sends requests. It sets no limits of time or size: cancel, and read no more than needed.</summary>
    /// <param name="allowPrivate">Whether addresses in private networks are allowed.</param>
    public HttpMessageInvoker Client(bool allowPrivate) => allowPrivate ? lenient : strict;

    /// <summary>The addresses of a name or of an address in text form, all of them checked.</summary>
    /// <exception cref="RefusedAddressException">One of them is not allowed.</exception>
    /// <exception cref="SocketException">There are none.</exception>
    public async Task<IPAddress[]> Addresses(string host, bool allowPrivate, CancellationToken cancel)
    {
        IPAddress[] found = IPAddress.TryParse(host, out var address) ? [address] : await resolve(host, cancel);
        if (found.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        if (!Array.TrueForAll(found, allowPrivate ? AddressGuard.IsUsable : AddressGuard.IsPublic))
            throw new RefusedAddressException(host);
        return found;
    }

    public void Dispose()
    {
        strict.Dispose();
        lenient.Dispose();
    }

    private HttpMessageInvoker Create(bool allowPrivate) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                // Trace headers would tell the receiver about this process.
                ActivityHeadersPropagator = null,
                ConnectCallback = (context, cancel) => Connect(context.DnsEndPoint, allowPrivate, cancel),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                MaxResponseHeadersLength = 16,
                // An answer that is not read to its end costs its connection, not more bytes.
                MaxResponseDrainSize = 0,
            }
        );

    // The handler checks the certificate for the name, whatever address is connected to.
    private async ValueTask<Stream> Connect(DnsEndPoint endPoint, bool allowPrivate, CancellationToken cancel)
    {
        var addresses = await Addresses(endPoint.Host, allowPrivate, cancel);
        for (var i = 0; ; i++)
        {
            try
            {
                return await Connect(new IPEndPoint(addresses[i], endPoint.Port), cancel);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                // The next address may answer.
            }
        }
    }

    private static async Task<Stream> Connect(IPEndPoint endPoint, CancellationToken cancel)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(ConnectTime);
        try
        {
            await socket.ConnectAsync(endPoint, limited.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
