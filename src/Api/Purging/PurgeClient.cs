using System.Globalization;

namespace Api.Purging;

/// <summary>Sends requests to purge, and turns what can happen into a <see cref="PurgeReply"/>.</summary>
internal sealed class PurgeClient(TimeProvider clock) : IDisposable
{
    // Of a cache that takes its time. Longer ones count as failed.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);
    private const int LargestAnswer = 256 * 1024;

    private readonly HttpClient direct = Client(usesProxy: false);
    private readonly HttpClient throughProxy = Client(usesProxy: true);

    /// <summary>Sends a request.</summary>
    /// <param name="request">It is disposed of.</param>
    /// <param name="usesProxy">
    /// Whether it may go through the proxy of the environment, which sees all of a request that is not encrypted.
    /// </param>
    /// <param name="accepts">Whether a body that came with a status of success says that the purge was accepted.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async Task<PurgeReply> Send(HttpRequestMessage request, bool usesProxy, Func<byte[], bool> accepts, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(LongestAnswer, clock);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using (request)
            {
                using var answer = await (usesProxy ? throughProxy : direct).SendAsync(request, limited.Token);
                var status = (int)answer.StatusCode;
                if (!answer.IsSuccessStatusCode)
                    return new PurgeReply(string.Create(CultureInfo.InvariantCulture, $"answered {status}"), RetryAfter(answer));
                return accepts(await answer.Content.ReadAsByteArrayAsync(limited.Token))
                    ? PurgeReply.Accepted
                    : new PurgeReply(string.Create(CultureInfo.InvariantCulture, $"answered {status}, but not that it has purged"));
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new PurgeReply(
                string.Create(CultureInfo.InvariantCulture, $"did not answer within {LongestAnswer.TotalSeconds:0} seconds")
            );
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new PurgeReply($"could not be reached ({(e.InnerException ?? e).Message.TrimEnd('.')})");
        }
    }

    public void Dispose()
    {
        direct.Dispose();
        throughProxy.Dispose();
    }

    private static HttpClient Client(bool usesProxy) =>
        new(
            new SocketsHttpHandler
            {
                // A redirect would take the secret to another host.
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = usesProxy,
                ConnectTimeout = LongestAnswer,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - clock.GetUtcNow(),
            _ => null,
        };
}
