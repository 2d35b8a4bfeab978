using Api.Http.Requests;

namespace Api.Http;

/// <summary>Answers HEAD by running GET and discarding the body, so that both have the same headers (RFC 9110 §9.3.2).</summary>
internal static class HeadAsGet
{
    public static async Task Run(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }
        var body = http.Response.Body;
        try
        {
            http.Request.Method = HttpMethods.Get;
            http.Response.Body = Stream.Null;
            ApiRequest.Of(http).IsHead = true;
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
            http.Request.Method = HttpMethods.Head;
        }
    }
}
