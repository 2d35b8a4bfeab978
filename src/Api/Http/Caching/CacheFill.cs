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
    SearchPlaces places,
    LongPoll waiting,
    TimeProvider clock,
    ILogger<CacheFill> log
) : IEndpointFilter
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // More than a refusal takes, so that nearly all take the same.
    private static readonly TimeSpan RefusalStep = TimeSpan.FromMilliseconds(50);

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
            await waiting.Until(known, TimeSpan.FromSeconds(seconds), http);
        if (endpoint.GetMetadata<FileAnswer>() is not null || endpoint.GetMetadata<StreamedAnswer>() is not null)
            return await next(context);
        return ApiRequest.Of(http) switch
        {
            { Preview: { } preview } => await MakePreview(context, next, preview),
            { Key: not null } => await MakeUnkept(context, next),
            _ => await Answer(context, next, places.IsNeededBy(http)),
        };
    }

    // A request that needs a place takes it when it has to make the answer itself, and before others wait for that answer: they may be of
    // other networks.
    private async Task<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next, bool needsPlace)
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
            var other = needsPlace ? cache.FindPending(key) : null;
            if (needsPlace && other is null)
                return await InPlace(http, () => Answer(context, next, needsPlace: false));
            var (pending, isMine) = other is null ? cache.Join(key) : (other, false);
            try
            {
                if (isMine)
                    return await Make(context, next, request, key, pending);
                if (await pending.Answer(http.RequestAborted) is { } shared)
                    return Send(request, shared, AnswerSender.Shared, shared.AsOf);
                return needsPlace ? await InPlace(http, () => RunEndpoint(context, next)) : await RunEndpoint(context, next);
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
            answer = AnswerOf(result, request, key, asOf);
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

    // For a request with a key.
    private async Task<object?> MakeUnkept(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = ApiRequest.Of(context.HttpContext);
        expiries.Check();
        var asOf = cache.Now;
        var result = await RunEndpoint(context, next);
        return AnswerOf(result, request, "", cache.Now.Sequence < asOf.Sequence ? Moment.Unknown : asOf) is { } answer
            ? new SentAnswer(sender, answer, AnswerSender.Passed, answer.AsOf, false)
            : result;
    }

    // A preview has no ETag, sequence or cache keys. A refusal to an early key takes a fixed time, because its duration could reveal that
    // an item is hidden.
    private async Task<object?> MakePreview(EndpointFilterInvocationContext context, EndpointFilterDelegate next, string preview)
    {
        var begun = clock.GetTimestamp();
        var result = await RunEndpoint(context, next);
        context.HttpContext.Response.Headers["Content-Preview"] = preview;
        if (preview == "early" && BodyOf(result) is null)
        {
            var taken = clock.GetElapsedTime(begun);
            var whole = RefusalStep * Math.Ceiling(taken / RefusalStep);
            await Task.Delay(whole - taken, clock, context.HttpContext.RequestAborted);
        }
        return result;
    }

    private CachedAnswer? AnswerOf(object? result, ApiRequest request, string key, Moment asOf) =>
        BodyOf(result) is { } body
            ? new CachedAnswer(key, body, request.Tags, request.Keys.Write(settings.KeyHeader.Separator), request.Keys.AreOfAnything, asOf)
            : null;

    private async Task<object?> RunEndpoint(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var permit = await shedding.Enter(context.HttpContext.RequestAborted);
        return await next(context);
    }

    private async Task<object?> InPlace(HttpContext http, Func<Task<object?>> make)
    {
        using var place = await places.Enter(http);
        return place is null ? Problems.TooManySearches() : await make();
    }

    private static AnswerBody? BodyOf(object? result) => ((result is INestedHttpResult nested ? nested.Result : result) as IAnswer)?.Body;

    private void Remember(ApiRequest request, CachedAnswer answer)
    {
        if (!request.Query.IsOnce)
            cache.Remember(Address.Of(request.Http), answer);
    }

    private SentAnswer Send(ApiRequest request, CachedAnswer answer, StringValues status, Moment asOf) =>
        new(sender, answer, status, asOf, !request.Query.IsOnce && !answer.IsPassing);

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
                    return primaryAnswered ? QueryProblems.SequenceAhead(least, cache.Head) : Problems.ServiceUnavailable();
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
