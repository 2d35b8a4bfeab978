using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Caching;

/// <summary>Sends cached answers: conditional requests, content codings, and freshness headers.</summary>
internal sealed class AnswerSender(AnswerCache cache, CacheSettings settings, TimeProvider clock)
{
    // Values of Cache-Status (RFC 9211 §2).
    public static readonly StringValues Hit = "content-api; hit";
    public static readonly StringValues Shared = "content-api; fwd=uri-miss; collapsed";
    public static readonly StringValues Stored = "content-api; fwd=uri-miss; stored";
    public static readonly StringValues Passed = "content-api; fwd=uri-miss";
    public static readonly StringValues MadeAway = "content-api; fwd=uri-miss; detail=database-away";
    public static readonly StringValues Stale = "content-api; hit; ttl=-1; detail=database-away";

    private static readonly StringValues NoStore = "no-store";

    // The most that sending an answer takes, plus the most that the clocks of nodes differ.
    private static readonly TimeSpan SendingAndClockSkew = TimeSpan.FromSeconds(2);

    private readonly StringValues cacheControl = settings.CacheControl;
    private readonly StringValues longLife = MaxAge(settings.SharedMaxAge);
    private readonly StringValues shortLife = MaxAge(Math.Min(settings.SharedMaxAge, settings.MaxAge));

    /// <summary>Sends an answer, or 304 when the client already has it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="status">The value of <c>Cache-Status</c>.</param>
    /// <param name="asOf">The state of the content that the answer reflects.</param>
    /// <param name="keeps">Whether clients and proxies may cache it.</param>
    public Task Send(HttpContext http, CachedAnswer answer, StringValues status, Moment asOf, bool keeps = true)
    {
        var response = http.Response;
        var headers = response.Headers;
        CommonHeaders.AddHeaders(response);
        headers.ETag = answer.ETag;
        headers.CacheControl = keeps ? cacheControl : NoStore;
        if (asOf.IsKnown)
            headers["Content-Sequence"] = asOf.SequenceText;
        headers["Cache-Status"] = status;
        headers[settings.KeyHeader.Name] = answer.Keys;
        if (settings.SharedMaxAge > 0 && keeps && answer.MayLiveLong)
            headers["CDN-Cache-Control"] = IsCurrent(asOf) ? longLife : shortLife;
        if (status == Hit || status == Stale)
            headers["Server-Timing"] = "cache;desc=hit";
        if (status == Stale || status == MadeAway)
            headers.Age = Age();
        var lastModified = LastModified(answer);
        if (lastModified is { } changed)
            headers.LastModified = changed.ToString("r", CultureInfo.InvariantCulture);

        if (Preconditions.IsNotModified(http.Request.Headers, answer.ETag, lastModified))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        headers.Link = answer.Link;
        if (answer.TotalCount.Count > 0)
            headers["X-Total-Count"] = answer.TotalCount;
        response.ContentType = answer.ContentType;

        var coding = Codings.Choose(http.Request.Headers.AcceptEncoding);
        var isNew = !answer.Has(coding);
        var body = answer.In(coding);
        if (isNew)
            cache.Grew(answer);
        if (Codings.Name(coding) is { } name)
            headers.ContentEncoding = name;
        response.ContentLength = body.Length;
        // RequestAborted is not used because reading it allocates a token source. Kestrel discards writes to a closed connection.
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, CancellationToken.None).AsTask();
    }

    // Whether the answer reflects every change that this node knows, and the node knows of all changes. Otherwise the purge for one of them
    // may be over already. Such an answer says its short life too, as a cache that revalidates goes on with the headers that a 304 does
    // not have (RFC 9111 §4.3.4).
    private bool IsCurrent(Moment asOf) =>
        asOf.IsKnown && asOf.Sequence == cache.Now.Sequence && !cache.IsAway && cache.Age <= settings.Safety;

    private static StringValues MaxAge(int seconds) => string.Create(CultureInfo.InvariantCulture, $"max-age={seconds}");

    // Whole seconds since the answer was last known to be current, which is when it was "validated" (RFC 9111 §4.2.3). Without the limit,
    // caches would stop storing answers just when the database is unavailable.
    private StringValues Age()
    {
        var seconds = Math.Min((long)Math.Ceiling(cache.Age.TotalSeconds), settings.LargestAge);
        return seconds > 0 ? seconds.ToString(CultureInfo.InvariantCulture) : StringValues.Empty;
    }

    // From this second on no node sends the state before the last change. So the Last-Modified of an older answer is always earlier, and so
    // is its Date, which caches send back when there is no Last-Modified (RFC 9110 §13.1.3; Squid does). Answers that the clock changes
    // have none.
    private DateTimeOffset? LastModified(CachedAnswer answer)
    {
        if (answer.IsTimed || !answer.AsOf.IsKnown)
            return null;
        var settled = answer.AsOf.ChangedAt + settings.Safety + SendingAndClockSkew;
        var second = new DateTimeOffset(settled.Ticks - (settled.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return second <= clock.GetUtcNow() ? second : null;
    }
}
