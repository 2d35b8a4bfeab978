using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Api.Import.WordPress.Live;

/// <summary>
/// HTTP client for one host: retries temporary failures, honours Retry-After, follows redirects on the same host only, and limits the size
/// of responses.
/// </summary>
internal sealed class LiveClient : IDisposable
{
    private const int Attempts = 5;
    private const int Redirects = 5;

    private readonly LiveOptions options;
    private readonly TimeProvider clock;
    private readonly LivePace pace;
    private readonly HttpClient http;
    private int requests;

    public LiveClient(LiveOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        pace = new LivePace(options.Concurrency, options.Delay, clock);
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(20),
                MaxConnectionsPerServer = options.Concurrency,
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("ContentApi-Import/1.0 (+import wordpress)");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/html;q=0.5");
        if (options.User is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"))
            );
    }

    /// <summary>Number of requests so far.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Fetches an address.</summary>
    /// <exception cref="LiveException">There is no response, it is too large, or it redirects to another host.</exception>
    public async Task<LiveAnswer> Get(Uri address, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        for (var attempt = 1; ; attempt++)
        {
            var (answer, problem, wait) = await Try(address, cancel);
            if (answer is not null)
                return answer;
            if (attempt == Attempts)
                throw new LiveException($"{address} {problem}, {Attempts} times in a row");
            if (wait > this.options.Patience)
                throw new LiveException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{address} {problem} and asks to come back in {wait.Value.TotalMinutes:0} minutes"
                    )
                );
            pace.Pause(wait ?? this.options.Backoff * (1 << (attempt - 1)));
        }
    }

    public void Dispose()
    {
        http.Dispose();
        pace.Dispose();
    }

    /// <returns>A response; or a temporary failure, with the delay that the site asks for, null when it asks for none.</returns>
    private async Task<(LiveAnswer? Answer, string Problem, TimeSpan? Wait)> Try(Uri address, CancellationToken cancel)
    {
        await pace.Enter(cancel);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(this.options.Timeout);
        try
        {
            using var response = await Follow(address, limited.Token);
            var status = (int)response.StatusCode;
            return status is 429 or >= 500
                ? (null, string.Create(CultureInfo.InvariantCulture, $"answered {status}"), RetryAfter(response))
                : (await Read(response, limited.Token), "", null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (
                null,
                string.Create(CultureInfo.InvariantCulture, $"did not answer within {this.options.Timeout.TotalSeconds:0} seconds"),
                null
            );
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            // An unknown host name and an invalid certificate are not temporary.
            throw new LiveException($"{address} could not be read ({(e.InnerException ?? e).Message.TrimEnd('.')})", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, $"could not be read ({(e.InnerException ?? e).Message.TrimEnd('.')})", null);
        }
        finally
        {
            pace.Leave();
        }
    }

    private async Task<HttpResponseMessage> Follow(Uri address, CancellationToken cancel)
    {
        for (var redirects = 0; ; redirects++)
        {
            var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return response;
            response.Dispose();
            var next = new Uri(address, location);
            if (!IsSameHost(address, next))
                throw new LiveException(
                    $"{address} leads to another host, {next.GetLeftPart(UriPartial.Authority)}: if that is the site, import that address"
                );
            if (redirects == Redirects)
                throw new LiveException($"{address} leads from one address to the next, more than {Redirects} times");
            address = next;
        }
    }

    private async Task<LiveAnswer> Read(HttpResponseMessage response, CancellationToken cancel)
    {
        var address = response.RequestMessage!.RequestUri!;
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream();
        var chunk = new byte[81_920];
        while (await stream.ReadAsync(chunk, cancel) is > 0 and var length)
        {
            if (body.Length + length > this.options.MaxAnswer)
                throw new LiveException(
                    string.Create(CultureInfo.InvariantCulture, $"{address} answers with more than {this.options.MaxAnswer:N0} bytes")
                );
            body.Write(chunk, 0, length);
        }
        return new LiveAnswer(
            address,
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            body.ToArray(),
            Number(response, "X-WP-Total", "X-TEC-Total"),
            Number(response, "X-WP-TotalPages", "X-TEC-TotalPages"),
            LiveAnswer.FindApi(response.Headers.TryGetValues("Link", out var links) ? links : [])
        )
        {
            At = response.Headers.Date,
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date - this.clock.GetUtcNow() is var wait => wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => null,
        };

    /// <summary>
    /// True if credentials may be sent from one address to the other: same host and port, or from http to https on the default ports.
    /// </summary>
    public static bool IsSameHost(Uri from, Uri to) =>
        string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (
            (from.Scheme == to.Scheme && from.Port == to.Port)
            || (from is { Scheme: "http", IsDefaultPort: true } && to is { Scheme: "https", IsDefaultPort: true })
        );

    // The Events Calendar has headers of its own.
    private static int? Number(HttpResponseMessage response, params ReadOnlySpan<string> headers)
    {
        foreach (var header in headers)
            if (
                response.Headers.TryGetValues(header, out var values)
                && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            )
                return number;
        return null;
    }
}
