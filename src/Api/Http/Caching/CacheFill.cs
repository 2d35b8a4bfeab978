using System.Globalization;
using Api.Http.Errors;
using Api.Http.Json;
using Api.Http.Requests;
using Api.Http.Site;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Caching;

/// <summary>
/// Runs right before the endpoint. It sends the cached answer of an equivalent request, waits for a request that is making the same answer,
/// or has the endpoint make the answer and caches it. Only successful answers are cached.
/// </summary>
internal sealed class CacheFill(
    AnswerCache cache,
    CacheSettings settings,
    ExpiryTimer expiries,
    AnswerSender sender,
    Shedding shedding,
    LongPoll waiting,
    TimeProvider clock,
    ILogger<CacheFill> log
)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task Run(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AnswerShape>() is null || Query.Read(http) is not { Problem: null } query)
        {
            await next(http);
            return;
        }
        if (query.MinSequence is { } least)
        {
            http.Response.Headers.CacheControl = "no-store";
            if (await Await(least, http.RequestAborted) is { } problem)
            {
                await problem.ExecuteAsync(http);
                return;
            }
        }
        if (query.Wait is { } seconds && http.GetEndpoint()!.Metadata.GetMetadata<WaitsForNews>()?.Known(query) is { } known)
            await waiting.Until(known, TimeSpan.FromSeconds(seconds), http.RequestAborted);
        if (http.GetEndpoint()!.Metadata.GetMetadata<FileAnswer>() is not null)
            await next(http);
        else
            await Answer(http, next, query);
    }

    private async Task Answer(HttpContext http, RequestDelegate next, Query query)
    {
        var key = Links.Of(http).Api(query.Address) + query.QueryString;
        while (true)
        {
            expiries.Check();
            var now = cache.Now;
            if (cache.Find(key) is { } ready)
            {
                Remember(http, query, ready);
                await Send(http, query, ready, cache.IsAway ? AnswerSender.Stale : AnswerSender.Hit, now);
                return;
            }
            var (pending, isMine) = cache.Join(key);
            try
            {
                if (isMine)
                    await Make(http, next, query, key, pending);
                else if (await pending.Answer(http.RequestAborted) is { } shared)
                    await Send(http, query, shared, AnswerSender.Shared, shared.AsOf);
                else
                    await RunEndpoint(http, next);
                return;
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                // The client of the request that was making the answer has disconnected: another request makes it.
            }
            catch (Exception exception)
                when (Failures.IsOfDatabase(exception) && cache.FindStale(key) is not null && !http.Response.HasStarted)
            {
                log.LogWarning("{Key} is served from the cache and may be stale: {Reason}", key, exception.Message);
                var stale = cache.FindStale(key)!;
                await Send(http, query, stale, AnswerSender.Stale, stale.AsOf);
                return;
            }
        }
    }

    private async Task Make(HttpContext http, RequestDelegate next, Query query, string key, PendingAnswer pending)
    {
        var slot = new AnswerSlot();
        http.Features.Set(slot);
        var begun = clock.GetTimestamp();
        CachedAnswer? answer;
        Moment asOf;
        bool isKept;
        try
        {
            await RunEndpoint(http, next);
            // While the primary is unavailable, the node may have gone back to the earlier state of a standby. The answer then has no known
            // state.
            asOf = cache.Now.Sequence < pending.Begun.Sequence ? Moment.Unknown : pending.Begun;
            answer = slot.Body is { } body
                ? new CachedAnswer(
                    key,
                    body,
                    http.Response,
                    AnswerTags.Of(http),
                    AnswerKeys.Of(http).Write(settings.KeyHeader.Separator),
                    asOf
                )
                : null;
            isKept = cache.Complete(key, pending, answer);
        }
        catch (Exception exception)
        {
            cache.Fail(key, pending, exception);
            throw;
        }
        finally
        {
            http.Features.Set<AnswerSlot>(null);
        }
        if (answer is null)
            return;
        if (isKept)
            Remember(http, query, answer);
        http.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"make;dur={clock.GetElapsedTime(begun).TotalMilliseconds:0.0}"
        );
        await Send(
            http,
            query,
            answer,
            cache.IsAway ? AnswerSender.MadeAway
                : isKept ? AnswerSender.Stored
                : AnswerSender.Passed,
            asOf
        );
    }

    private async Task RunEndpoint(HttpContext http, RequestDelegate next)
    {
        using var permit = await shedding.Enter(http.RequestAborted);
        await next(http);
    }

    private void Remember(HttpContext http, Query query, CachedAnswer answer)
    {
        if (!query.IsOnce)
            cache.Remember(Address.Of(http), answer);
    }

    private Task Send(HttpContext http, Query query, CachedAnswer answer, StringValues status, Moment asOf) =>
        sender.Send(http, answer, status, asOf, keeps: !query.IsOnce);

    // The head of the content may be ahead of what this node knows. A number beyond the head is an error of the client.
    private async Task<Problem?> Await(long least, CancellationToken cancel)
    {
        if (cache.Now.Sequence >= least)
            return null;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(LongestWait);
        try
        {
            var primaryAnswered = await cache.LookAgain(limited.Token);
            for (var changed = cache.News; ; changed = cache.News)
            {
                if (cache.Now.Sequence >= least)
                    return null;
                if (cache.Head < least)
                    return primaryAnswered ? Problems.SequenceAhead(least, cache.Head) : Problems.ServiceUnavailable();
                // A large commit is being read.
                await changed.WaitAsync(limited.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return cache.Head >= least ? Problems.ListsNotRead() : Problems.ServiceUnavailable();
        }
    }
}
