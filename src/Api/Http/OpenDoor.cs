namespace Api.Http;

/// <summary>What is the same for every answer: open to every origin, cached by coding only, never guessed at.</summary>
internal static class OpenDoor
{
    private const string Exposed = "Link, ETag, X-Total-Count, Content-Sequence, Retry-After, Deprecation, Sunset, Server-Timing";
    private const string Accepted = "If-None-Match, If-Modified-Since, traceparent";
    private const string Methods = "GET, HEAD, OPTIONS";

    /// <summary>Adds the headers, and answers OPTIONS at every address.</summary>
    public static Task Run(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(AddHeaders, http.Response);
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
    private static Task AddHeaders(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = Exposed;
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        return Task.CompletedTask;
    }
}
