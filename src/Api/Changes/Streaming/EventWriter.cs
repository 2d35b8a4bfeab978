using System.Text;
using Api.Contracts;
using Api.Http.Json;
using Api.Http.Tags;
using Api.Live;

namespace Api.Changes.Streaming;

/// <summary>Writes server-sent events (WHATWG HTML §9.2) to one client.</summary>
/// <remarks>Escapes: <see cref="TimeoutException"/> when the client takes nothing for ten seconds.</remarks>
internal sealed class EventWriter(HttpContext http, TimeProvider clock, CancellationToken cancel)
{
    // Proxies cut off streams that are silent: Traffic Server after 31 seconds. Most notice at a write that the reader has left.
    // A little early, as who waits wakes up to two seconds late. At random between the two: else all clients would get their comments after
    // an event at once.
    private static readonly TimeSpan FirstComment = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan LastComment = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(10);

    private readonly long commentAfter = (long)(
        (FirstComment + (Random.Shared.NextDouble() * (LastComment - FirstComment))).TotalSeconds * clock.TimestampFrequency
    );
    private long written = clock.GetTimestamp();

    /// <summary>When a comment is due, as a timestamp of the clock.</summary>
    public long CommentDue => written + commentAfter;

    /// <summary>Says after how many milliseconds a client connects again.</summary>
    public Task Retry() => Write("retry: 3000\n\n"u8.ToArray());

    /// <summary>Says that the stream has begun, and where.</summary>
    public Task Ready(ChangeToken token) =>
        Write(ServerSentEvent.Write("ready", token, ApiJson.Write(new StreamStart { Sequence = token.Sequence })));

    /// <summary>Says that everything may have changed.</summary>
    public Task Resync(ChangeToken token) =>
        Write(
            ServerSentEvent.Write(
                "resync",
                token,
                ApiJson.Write(new StreamResync { Sequence = token.Sequence, Invalidates = [CacheKey.All] })
            )
        );

    /// <summary>Writes a change event.</summary>
    public Task Change(EventStep step) => Write(step.Message);

    /// <summary>
    /// When nothing was written for almost 15 seconds, writes a comment, which keeps the connection open and takes the position of the
    /// client forward.
    /// </summary>
    /// <param name="silent">The position after changes that the client is not told; null when there were none.</param>
    /// <returns>Whether the comment was written.</returns>
    public async ValueTask<bool> KeepOpen(ChangeToken? silent)
    {
        if (clock.GetTimestamp() < CommentDue)
            return false;
        // An event without data only sets the position.
        await Write(silent is { } token ? Encoding.ASCII.GetBytes($":\nid: {token}\n\n") : ":\n\n"u8.ToArray());
        return true;
    }

    private Task Write(byte[] bytes)
    {
        var flush = http.Response.BodyWriter.WriteAsync(bytes, cancel);
        if (!flush.IsCompletedSuccessfully)
            return Finish(flush.AsTask());
        http.RequestAborted.ThrowIfCancellationRequested();
        written = clock.GetTimestamp();
        return Task.CompletedTask;
    }

    private async Task Finish(Task flush)
    {
        await flush.WaitAsync(LongestWrite, clock, cancel);
        http.RequestAborted.ThrowIfCancellationRequested();
        written = clock.GetTimestamp();
    }
}
