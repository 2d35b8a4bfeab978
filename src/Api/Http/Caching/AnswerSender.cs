using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Caching;

/// <summary>Sends kept answers: conditions, codings, and the headers about freshness.</summary>
internal sealed class AnswerSender(AnswerCache cache, CacheSettings settings, TimeProvider clock)
{
    // The names of RFC 9211 §2: what this node's cache did.
    public static readonly StringValues Hit = "content-api; hit";
    public static readonly StringValues Shared = "content-api; fwd=uri-miss; collapsed";
    public static readonly StringValues Stored = "content-api; fwd=uri-miss; stored";
    public static readonly StringValues Passed = "content-api; fwd=uri-miss";
    public static readonly StringValues Stale = "content-api; hit; ttl=-1; detail=database-away";

    private static readonly StringValues NoStore = "no-store";

    // What made the answers before, other code or other settings, may have made others of the same content.
    private readonly DateTime started = clock.GetUtcNow().UtcDateTime;
    private readonly StringValues cacheControl = settings.CacheControl;

    /// <summary>Sends an answer, or 304 when the client has it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="answer">What is asked for.</param>
    /// <param name="status">What the cache did, for <c>Cache-Status</c>.</param>
    /// <param name="asOf">The changes up to it are reflected.</param>
    /// <param name="keeps">Whether others may keep it.</param>
    public Task Send(HttpContext http, CachedAnswer answer, StringValues status, Moment asOf, bool keeps = true)
    {
        var response = http.Response;
        var headers = response.Headers;
        OpenDoor.AddHeaders(headers);
        headers.ETag = answer.ETag;
        headers.CacheControl = keeps ? cacheControl : NoStore;
        if (asOf.IsKnown) headers["Content-Sequence"] = asOf.SequenceText;
        headers["Cache-Status"] = status;
        headers[settings.KeyHeader.Name] = answer.Keys;
        if (status == Hit || status == Stale)
        {
            headers.Age = Age();
            headers["Server-Timing"] = "cache;desc=hit";
        }
        var lastModified = LastModified(answer);
        if (lastModified is { } changed) headers.LastModified = changed.ToString("r", CultureInfo.InvariantCulture);

        if (Preconditions.IsNotModified(http.Request.Headers, answer.ETag, lastModified))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers.Link = answer.Link;
        if (answer.TotalCount.Count > 0) headers["X-Total-Count"] = answer.TotalCount;
        response.ContentType = answer.ContentType;

        var coding = Codings.Choose(http.Request.Headers.AcceptEncoding);
        var isNew = !answer.Has(coding);
        var body = answer.In(coding);
        if (isNew) cache.Grew(answer);
        if (Codings.Name(coding) is { } name) headers.ContentEncoding = name;
        response.ContentLength = body.Length;
        // Without RequestAborted, which would have to be made first; Kestrel drops what is written to a connection that is gone.
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }

    // Seconds since it was known to be the current answer, which is when it was "validated" (RFC 9111 §4.2.3).
    private StringValues Age()
    {
        var seconds = (long)cache.Age.TotalSeconds;
        return seconds <= 0 ? "0" : seconds.ToString(CultureInfo.InvariantCulture);
    }

    // A date is no validator while another change may still come in the same second (RFC 9110 §8.8.2.2), nor for what the clock changes.
    private DateTimeOffset? LastModified(CachedAnswer answer)
    {
        if (answer.Until is not null || !answer.AsOf.IsKnown) return null;
        var instant = answer.AsOf.ChangedAt > started ? answer.AsOf.ChangedAt : started;
        var changed = new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return clock.GetUtcNow() - changed > TimeSpan.FromSeconds(2) ? changed : null;
    }
}
