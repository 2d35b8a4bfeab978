using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using Api.Http.Guarded;

namespace Api.Webhooks;

/// <summary>Sends one message once, within 15 seconds.</summary>
internal sealed class WebhookPost(GuardedHttp http, TimeProvider clock)
{
    private const int MostRead = 1_024;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(15);

    // The status has arrived, so the rest only decides whether the connection can be used again.
    private static readonly TimeSpan MostReading = TimeSpan.FromSeconds(1);

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly string UserAgent = $"content-api/{Version()}";

    /// <summary>Sends a message.</summary>
    /// <param name="webhook">Its receiver.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancel">Stops; the receiver may or may not have the message then.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<TryResult> Send(Webhook webhook, string id, byte[] body, CancellationToken cancel)
    {
        var at = clock.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", webhook.Sign(id, timestamp, body));
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Most);
        try
        {
            using var answer = await http.Client(webhook.AllowPrivate).SendAsync(request, limited.Token);
            var result = new TryResult(at, (int)answer.StatusCode, null, Took(), RetryAfter(answer.Headers.RetryAfter, at));
            await Drain(answer, limited.Token);
            return result;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new TryResult(at, null, TryResult.Timeout, Took(), null);
        }
        catch (HttpRequestException e)
        {
            cancel.ThrowIfCancellationRequested();
            return new TryResult(at, null, Kind(e), Took(), null);
        }

        TimeSpan Took() => Stopwatch.GetElapsedTime(started);
    }

    private static async Task Drain(HttpResponseMessage answer, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(MostReading);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(limited.Token);
            await stream.ReadAtLeastAsync(new byte[MostRead], MostRead, throwOnEndOfStream: false, limited.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // The connection is closed.
        }
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now) => header?.Delta ?? header?.Date - now;

    private static string Kind(HttpRequestException e) =>
        e switch
        {
            { InnerException: RefusedAddressException } => TryResult.Refused,
            {
                InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }
            } => TryResult.UnknownName,
            { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } => TryResult.Tls,
            { HttpRequestError: HttpRequestError.ConnectionError } or { InnerException: SocketException } => TryResult.NoConnection,
            _ => TryResult.NoAnswer,
        };

    private static string Version() =>
        typeof(WebhookPost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}

/// <summary>The result of a try.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The status of the answer; null without one.</param>
/// <param name="Failure">Why there was no answer; null with one.</param>
/// <param name="Took">How long it took.</param>
/// <param name="RetryAfter">The time for which the receiver asks to be left alone; null for none.</param>
internal sealed record TryResult(DateTimeOffset At, int? Status, string? Failure, TimeSpan Took, TimeSpan? RetryAfter)
{
    /// <summary>The name has an address that is not allowed.</summary>
    public const string Refused = "refused-address";

    /// <summary>The name has no address.</summary>
    public const string UnknownName = "unknown-name";

    /// <summary>No address accepts connections.</summary>
    public const string NoConnection = "no-connection";

    /// <summary>The certificate is not accepted, or TLS fails otherwise.</summary>
    public const string Tls = "tls";

    /// <summary>There was no answer within 15 seconds.</summary>
    public const string Timeout = "timeout";

    /// <summary>The connection ended, or what came is no answer.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>Whether the receiver has the message.</summary>
    public bool IsAcknowledged => Status is >= 200 and <= 299;
}
