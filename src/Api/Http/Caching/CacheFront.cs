using Api.Http.Keys;
using Api.Http.Requests;

namespace Api.Http.Caching;

/// <summary>The first middleware: answers a request from memory when the same address was answered before.</summary>
internal sealed class CacheFront(AnswerCache cache, ExpiryTimer expiries, AnswerSender sender, ILogger<CacheFront> log)
{
    public Task Run(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        var method = request.Method;
        expiries.Check();
        var now = cache.Now;
        if (
            !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
            || cache.Find(Address.Of(http)) is not { } answer
            || !Negotiation.Takes(request.Headers.Accept, answer.MediaType)
            || RequestLimits.AreTooLarge(request.Headers)
            || Bearer.IsIn(request.Headers)
        )
            return next(http);
        if (log.IsEnabled(LogLevel.Debug))
            log.LogDebug("{Method} {Key} from the cache", method, answer.Key);
        return sender.Send(http, answer, cache.IsAway ? AnswerSender.Stale : AnswerSender.Hit, now);
    }
}
