using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Api.Import.Mirror;

/// <summary>
/// The HTTP client of another instance. Throws <see cref="HttpRequestException"/> or <see cref="IOException"/> for failures that may be
/// temporary.
/// </summary>
internal sealed class MirrorClient : IDisposable
{
    // Longer than any long poll, and than the other instance takes to report a failure.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    private const long MaxAnswerBytes = 512 * 1024 * 1024;

    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = true,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly string origin;

    /// <param name="origin">Base URL of the other instance, without a trailing slash.</param>
    public MirrorClient(string origin)
    {
        this.origin = origin;
        http.DefaultRequestHeaders.UserAgent.ParseAdd("ContentApi-Mirror/1.0");
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
    }

    /// <summary>Whether the other side is known to be an instance of this API.</summary>
    public bool IsKnown { get; set; }

    /// <summary>The changes after a token, with their items.</summary>
    /// <param name="token">The cursor; <c>0</c> for the beginning.</param>
    /// <param name="wait">Seconds to wait for a change.</param>
    /// <param name="least">The minimum sequence: the page is of this state or a later one.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <exception cref="ResyncException">The token is not valid any more.</exception>
    /// <exception cref="MirrorException">The other side is not an instance of this API, or refuses the request.</exception>
    public Task<JsonDocument> Changes(string token, int wait, long least, CancellationToken cancel) =>
        Json(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{origin}/v1/changes?since={token}&include=item&limit=100&wait={wait}{(least > 0 ? $"&minSequence={least}" : "")}"
            ),
            cancel
        );

    /// <summary>The JSON response of an address.</summary>
    /// <exception cref="ResyncException">As for <see cref="Changes"/>.</exception>
    /// <exception cref="MirrorException">As for <see cref="Changes"/>.</exception>
    public async Task<JsonDocument> Json(string address, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(AnswerTimeout);
        try
        {
            using var response = await Get(address, null, limited.Token);
            await using var body = await response.Content.ReadAsStreamAsync(limited.Token);
            await using var plain = response.Content.Headers.ContentEncoding.Contains("gzip")
                ? new GZipStream(body, CompressionMode.Decompress)
                : body;
            return await JsonDocument.ParseAsync(new BoundedStream(plain, MaxAnswerBytes), cancellationToken: limited.Token);
        }
        catch (JsonException e)
        {
            throw new IOException($"{address} broke off: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"{address} broke off: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"{address} did not answer in time", e);
        }
    }

    /// <summary>Downloads the snapshot into a file, compressed as received; resumes if the file has a part of the same snapshot.</summary>
    /// <param name="file">Where to write.</param>
    /// <param name="least">The token that the snapshot must have reached.</param>
    /// <param name="tag">The entity tag of the content of the file; null for none.</param>
    /// <param name="began">Receives the entity tag before the first byte is written.</param>
    /// <param name="cancel">Cancels the operation.</param>
    /// <exception cref="MirrorException">As for <see cref="Changes"/>.</exception>
    public async Task Download(
        FileStream file,
        string least,
        EntityTagHeaderValue? tag,
        Action<EntityTagHeaderValue?> began,
        CancellationToken cancel
    )
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(AnswerTimeout);
        try
        {
            using var response = await Get(
                $"{origin}/v1/snapshot?minSequence={least.Split('.')[0]}",
                request =>
                {
                    if (tag is null || file.Length == 0)
                        return;
                    request.Headers.Range = new RangeHeaderValue(file.Length, null);
                    request.Headers.IfRange = new RangeConditionHeaderValue(tag);
                },
                limited.Token
            );
            if (response.StatusCode != HttpStatusCode.PartialContent)
                file.SetLength(0);
            file.Seek(0, SeekOrigin.End);
            began(response.Headers.ETag);
            await using var body = await response.Content.ReadAsStreamAsync(limited.Token);
            var chunk = new byte[1 << 17];
            while (true)
            {
                // The time limit is for each read, not for the whole download.
                limited.CancelAfter(AnswerTimeout);
                if (await body.ReadAsync(chunk, limited.Token) is not (> 0 and var length))
                    break;
                await file.WriteAsync(chunk.AsMemory(0, length), limited.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new IOException("The snapshot stopped coming", e);
        }
    }

    /// <summary>The stream of changes after a token, until it ends.</summary>
    /// <param name="token">The cursor.</param>
    /// <param name="longestSilence">The longest time without a byte.</param>
    /// <param name="clock">The clock for that.</param>
    /// <param name="cancel">Ends the stream.</param>
    /// <exception cref="TimeoutException">Nothing came for so long.</exception>
    /// <exception cref="MirrorException">The answer is no stream of changes.</exception>
    public async IAsyncEnumerable<SseItem<string>> Events(
        string token,
        TimeSpan longestSilence,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var address = $"{origin}/v1/changes/stream?since={token}";
        using var response = await Begin(address, longestSilence, clock, end);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream" || response.Content.Headers.ContentEncoding.Count > 0)
            throw new MirrorException($"{address} answers no stream");
        await using var body = new BoundedStream(await response.Content.ReadAsStreamAsync(end.Token), MaxAnswerBytes);
        var pipe = new Pipe();
        var pumping = Pump();
        try
        {
            await foreach (var item in SseParser.Create(pipe.Reader.AsStream()).EnumerateAsync(end.Token))
                yield return item;
        }
        finally
        {
            await end.CancelAsync();
            await pumping;
        }

        // The parser does not tell of comments, which are signs of life too.
        async Task Pump()
        {
            try
            {
                while (true)
                {
                    var read = body.ReadAsync(pipe.Writer.GetMemory(), end.Token).AsTask();
                    if (await read.WaitAsync(longestSilence, clock, end.Token) is not (> 0 and var length))
                        break;
                    pipe.Writer.Advance(length);
                    await pipe.Writer.FlushAsync(end.Token);
                }
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException or HttpRequestException)
            {
                await pipe.Writer.CompleteAsync(e);
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> Begin(string address, TimeSpan longest, TimeProvider clock, CancellationTokenSource end)
    {
        try
        {
            return await Get(address, request => request.Headers.AcceptEncoding.ParseAdd("identity"), end.Token)
                .WaitAsync(longest, clock, end.Token);
        }
        catch (TimeoutException)
        {
            await end.CancelAsync();
            throw;
        }
    }

    private async Task<HttpResponseMessage> Get(string address, Action<HttpRequestMessage>? prepare, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        prepare?.Invoke(request);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            var problem = await Code(response, cancel);
            if (problem == "resync-required")
                throw new ResyncException();
            var said = string.Create(
                CultureInfo.InvariantCulture,
                $"{address} answers {(int)response.StatusCode}{(problem is null ? "" : $" ({problem})")}"
            );
            // An instance that was there before will return, whatever a proxy answers meanwhile.
            var mayPass = IsKnown || (int)response.StatusCode is 416 or 429 or >= 500;
            throw mayPass
                ? new HttpRequestException(said, null, response.StatusCode)
                : new MirrorException($"{said}: is this the base URL of an instance of this API?");
        }
    }

    private static async Task<string?> Code(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            await using var plain = response.Content.Headers.ContentEncoding.Contains("gzip")
                ? new GZipStream(body, CompressionMode.Decompress)
                : body;
            using var problem = await JsonDocument.ParseAsync(new BoundedStream(plain, 100_000), cancellationToken: cancel);
            return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }
}
