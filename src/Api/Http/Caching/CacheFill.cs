using System.Globalization;
using Api.Http.Answers;
using Api.Http.Errors;
using Api.Http.Requests;
using Microsoft.Extensions.Primitives;

namespace Api.Http.Caching;

/// <summary>
/// Runs around the handler of an endpoint. It sends the cached answer of an equivalent request, waits for a request that is making the same
/// answer, or has the handler make the answer and caches it. Only successful answers are cached.
/// </summary>
internal sealed class CacheFill(
    AnswerCache cache,
    ChangeCheck check,
    CacheSettings settings,
    ExpiryTimer expiries,
    AnswerSender sender,
    Shedding shedding,
    LongPoll waiting,
    TimeProvider clock,
    ILogger<CacheFill> log
) : IEndpointFilter
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var query = ApiRequest.Of(http).Query;
        if (query.Problem is { } wrong)
            return wrong;
        if (query.MinSequence is { } least)
        {
            http.Response.Headers.CacheControl = "no-store";
            if (await Await(least, http.RequestAborted) is { } problem)
                return problem;
        }
        var endpoint = http.GetEndpoint()!.Metadata;
        if (query.Wait is { } seconds && endpoint.GetMetadata<WaitsForNews>()?.Known(query) is { } known)
            await waiting.Until(known, TimeSpan.FromSeconds(seconds), http.RequestAborted);
        return endpoint.GetMetadata<FileAnswer>() is null ? await Answer(context, next) : await next(context);
    }

    private async Task<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var request = ApiRequest.Of(http);
        var key = request.Links.Api(request.Query.Address) + request.Query.QueryString;
        while (true)
        {
            expiries.Check();
            var now = cache.Now;
            if (cache.Find(key) is { } ready)
            {
                Remember(request, ready);
                return Send(request, ready, cache.IsAway ? AnswerSender.Stale : AnswerSender.Hit, now);
            }
            var (pending, isMine) = cache.Join(key);
            try
            {
                if (isMine)
                    return await Make(context, next, request, key, pending);
                if (await pending.Answer(http.RequestAborted) is { } shared)
                    return Send(request, shared, AnswerSender.Shared, shared.AsOf);
                return await RunEndpoint(context, next);
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                // The client of the request that was making the answer has disconnected: another request makes it.
            }
            catch (Exception exception) when (Failures.IsOfDatabase(exception) && cache.FindStale(key) is { } stale)
            {
                log.LogWarning("{Key} is served from the cache and may be stale: {Reason}", key, exception.Message);
                return Send(request, stale, AnswerSender.Stale, stale.AsOf);
            }
        }
    }

    private async Task<object?> Make(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next,
        ApiRequest request,
        string key,
        PendingAnswer pending
    )
    {
        var begun = clock.GetTimestamp();
        object? result;
        CachedAnswer? answer;
        Moment asOf;
        bool isKept;
        try
        {
            result = await RunEndpoint(context, next);
            // While the primary is unavailable, the node may have gone back to the earlier state of a standby. The answer then has no known
            // state.
            asOf = cache.Now.Sequence < pending.Begun.Sequence ? Moment.Unknown : pending.Begun;
            answer = BodyOf(result) is { } body
                ? new CachedAnswer(key, body, request.Tags, request.Keys.Write(settings.KeyHeader.Separator), asOf)
                : null;
            isKept = cache.Complete(key, pending, answer);
        }
        catch (Exception exception)
        {
            cache.Fail(key, pending, exception);
            throw;
        }
        if (answer is null)
            return result;
        if (isKept)
            Remember(request, answer);
        request.Http.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"make;dur={clock.GetElapsedTime(begun).TotalMilliseconds:0.0}"
        );
        return Send(
            request,
            answer,
            cache.IsAway ? AnswerSender.MadeAway
                : isKept ? AnswerSender.Stored
                : AnswerSender.Passed,
            asOf
        );
    }

    private async Task<object?> RunEndpoint(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var permit = await shedding.Enter(context.HttpContext.RequestAborted);
        return await next(context);
    }

    private static AnswerBody? BodyOf(object? result) => ((result is INestedHttpResult nested ? nested.Result : result) as IAnswer)?.Body;

    private void Remember(ApiRequest request, CachedAnswer answer)
    {
        if (!request.Query.IsOnce)
            cache.Remember(Address.Of(request.Http), answer);
    }

    private SentAnswer Send(ApiRequest request, CachedAnswer answer, StringValues status, Moment asOf) =>
        new(sender, answer, status, asOf, !request.Query.IsOnce);

    // The head of the content may be ahead of what this node knows. A number beyond the head is an error of the client.
    private async Task<Problem?> Await(long least, CancellationToken cancel)
    {
        if (cache.Now.Sequence >= least)
            return null;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(LongestWait);
        try
        {
            var primaryAnswered = await check.Run(limited.Token);
            for (var changed = cache.NextChange; ; changed = cache.NextChange)
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

/// <summary>Sends an answer of the cache.</summary>
internal sealed record SentAnswer(AnswerSender Sender, CachedAnswer Answer, StringValues Status, Moment AsOf, bool Keeps) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Sender.Send(httpContext, Answer, Status, AsOf, Keeps);
}
