using Api.Http.Requests;
using Api.Http.Tags;

namespace Api.Http.Caching;

/// <summary>
/// Headers of every answer: CORS for every origin, <c>Vary: Accept-Encoding</c> alone, nosniff, and noindex on searches and facets.
/// </summary>
internal static class CommonHeaders
{
    private const string Exposed = "Link, ETag, X-Total-Count, Content-Sequence, Retry-After, Deprecation, Sunset, Server-Timing";

    // Allows every request header but Authorization (Fetch §3.2.3). Echoing the requested headers would need Vary; a constant does not.
    private const string Accepted = "*";
    private const string Methods = "GET, HEAD, OPTIONS";

    /// <summary>Base path of the endpoints that other systems call. They send no CORS headers, as no browser calls them.</summary>
    public const string Hooks = "/hooks";

    /// <summary>Adds the headers, and answers OPTIONS at every address.</summary>
    public static Task Run(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments(Hooks, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.OnStarting(FinishHook, http.Response);
            return next(http);
        }
        http.Response.OnStarting(Finish, http.Response);
        if (!HttpMethods.IsOptions(http.Request.Method))
            return next(http);
        var headers = http.Response.Headers;
        headers.Allow = Methods;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = Accepted;
        headers.AccessControlMaxAge = "86400";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    // Runs when the response starts: a failure before that clears the headers.
    private static Task Finish(object state)
    {
        var response = (HttpResponse)state;
        AddHeaders(response);
        // Caches may keep 301, 404 and 410 for a while. Other failures are temporary or depend on the client's request.
        if (response.StatusCode >= 300 && response.Headers.CacheControl.Count == 0)
        {
            var isTemporary = response.StatusCode is not (301 or 404 or 410);
            var settings = response.HttpContext.RequestServices.GetRequiredService<CacheSettings>();
            response.Headers.CacheControl = isTemporary ? "no-store" : settings.OfNothing;
            if (!isTemporary)
                response.Headers[settings.KeyHeader.Name] = KeysOfNothing(response.HttpContext, settings.KeyHeader.Separator);
        }
        return Task.CompletedTask;
    }

    // The key of the address, if it is that of an item; of another endpoint of the API the key of all content, as for a filter value that
    // is gone.
    private static string KeysOfNothing(HttpContext http, char separator) =>
        ApiRequest.Of(http).ItemAddress is { Key: var key } ? $"{CacheKey.All}{separator}{key}"
        : http.GetEndpoint()?.Metadata.GetMetadata<AnswerShape>() is not null ? AnswerKeys.OfAnything(separator)
        : CacheKey.All;

    private static Task FinishHook(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    /// <summary>The headers of every answer.</summary>
    public static void AddHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = Exposed;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        if (SearchQuery.IsIn(response.HttpContext.Request.QueryString.Value))
            headers["X-Robots-Tag"] = "noindex";
    }
}
