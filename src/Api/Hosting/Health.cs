using System.Net.Mime;
using Api.Contracts.Site;
using Api.Http.Json;

namespace Api.Hosting;

/// <summary>Says how this process is: <c>/healthz</c> whether it runs, <c>/readyz</c> whether it answers all requests as it should.</summary>
internal static class Health
{
    /// <summary>Liveness. Says nothing of the database: a process that is started again has lost the answers it would have gone on serving from memory, and the database is no nearer.</summary>
    public const string LivePath = "/healthz";

    /// <summary>Readiness, as <see cref="Readiness"/>: 200, or 503 with the reasons.</summary>
    public const string ReadyPath = "/readyz";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(LivePath, Methods, Live).ExcludeFromDescription();
        routes.MapMethods(ReadyPath, Methods, Ready).ExcludeFromDescription();
    }

    private static Task Live(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return ReadyBytes.Send(http, $"{MediaTypeNames.Text.Plain}; charset=utf-8", "ok\n"u8.ToArray());
    }

    private static async Task Ready(HttpContext http, ReadinessCheck check)
    {
        var readiness = await check.Look(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        if (readiness.Reasons.Count > 0)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "5";
        }
        await ReadyBytes.Send(http, MediaTypeNames.Application.Json, ApiJson.Write(readiness));
    }
}
