namespace Api.Http.Caching;

/// <summary>What is the same for every answer: open to every origin, cached by coding only, never guessed at.</summary>
internal static class CommonHeaders
{
    private const string Exposed = "Link, ETag, X-Total-Count, Content-Sequence, Retry-After, Deprecation, Sunset, Server-Timing";
    // All but Authorization (Fetch §3.2.3): the same for everybody, so that no cache has to tell requests apart. An echo of what was asked would need Vary.
    private const string Accepted = "*";
    private const string Methods = "GET, HEAD, OPTIONS";

    /// <summary>Below it other systems call, not readers: no browser of another origin has anything to ask there.</summary>
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
        if (!HttpMethods.IsOptions(http.Request.Method)) return next(http);
        var headers = http.Response.Headers;
        headers.Allow = Methods;
        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = Accepted;
        headers.AccessControlMaxAge = "86400";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    // At the last moment, as a failure on the way clears what was set before.
    private static Task Finish(object state)
    {
        var response = (HttpResponse)state;
        AddHeaders(response.Headers);
        // What is elsewhere, gone or not there may be kept for a while; other failures pass, or are the client's own.
        if (response.StatusCode >= 300 && response.Headers.CacheControl.Count == 0)
        {
            var passes = response.StatusCode is not (301 or 404 or 410);
            var settings = response.HttpContext.RequestServices.GetRequiredService<CacheSettings>();
            response.Headers.CacheControl = passes ? "no-store" : settings.OfNothing;
            if (!passes) response.Headers[settings.KeyHeader.Name] = AnswerKeys.OfNothing(response.HttpContext, settings.KeyHeader.Separator);
        }
        return Task.CompletedTask;
    }

    private static Task FinishHook(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    /// <summary>The headers of every answer.</summary>
    public static void AddHeaders(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = Exposed;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
    }
}
