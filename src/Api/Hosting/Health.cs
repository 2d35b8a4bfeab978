using System.Net.Mime;
using Api.Contracts.Site;
using Api.Http.Json;

namespace Api.Hosting;

/// <summary>Health checks: <c>/healthz</c> for liveness, <c>/readyz</c> for readiness.</summary>
internal static class Health
{
    /// <summary>
    /// Liveness. Does not check the database: a restart would lose the cached answers, which the process can still serve, and would not
    /// bring the database back.
    /// </summary>
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
