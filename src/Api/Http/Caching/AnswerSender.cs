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
    public static readonly StringValues MadeAway = "content-api; fwd=uri-miss; detail=database-away";
    public static readonly StringValues Stale = "content-api; hit; ttl=-1; detail=database-away";

    private static readonly StringValues NoStore = "no-store";

    // What an answer takes to leave, and clocks of nodes are apart, at most.
    private static readonly TimeSpan OnTheWay = TimeSpan.FromSeconds(2);

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
        CommonHeaders.AddHeaders(headers);
        headers.ETag = answer.ETag;
        headers.CacheControl = keeps ? cacheControl : NoStore;
        if (asOf.IsKnown) headers["Content-Sequence"] = asOf.SequenceText;
        headers["Cache-Status"] = status;
        headers[settings.KeyHeader.Name] = answer.Keys;
        if (status == Hit || status == Stale) headers["Server-Timing"] = "cache;desc=hit";
        if (status == Stale || status == MadeAway) headers.Age = Age();
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

    // Whole seconds since it was last known to be the current answer, which is when it was "validated" (RFC 9111 §4.2.3). Without the limit, caches would
    // stop keeping answers just when the database is away.
    private StringValues Age()
    {
        var seconds = Math.Min((long)Math.Ceiling(cache.Age.TotalSeconds), settings.LargestAge);
        return seconds > 0 ? seconds.ToString(CultureInfo.InvariantCulture) : StringValues.Empty;
    }

    // From this second on no node sends what was there before the last change; so neither its Last-Modified nor its Date, which caches send back where there is no
    // other (RFC 9110 §13.1.3, Squid does), reaches this one. What the clock changes has none.
    private DateTimeOffset? LastModified(CachedAnswer answer)
    {
        if (answer.IsTimed || !answer.AsOf.IsKnown) return null;
        var settled = answer.AsOf.ChangedAt + settings.Safety + OnTheWay;
        var second = new DateTimeOffset(settled.Ticks - (settled.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return second <= clock.GetUtcNow() ? second : null;
    }
}
