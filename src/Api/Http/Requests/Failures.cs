using Api.Http.Errors;
using Npgsql;

namespace Api.Http.Requests;

/// <summary>Turns exceptions and empty error responses into problem documents.</summary>
internal static class Failures
{
    public static async Task Run(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected. The status is for the log, unless the answer has started with its own.
            if (!http.Response.HasStarted)
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            Log(http, exception);
            http.Response.Clear();
            await Explain(exception).ExecuteAsync(http);
            return;
        }
        if (!http.Response.HasStarted && Explain(http) is { } problem)
            await problem.ExecuteAsync(http);
    }

    /// <summary>Whether the database failed, or the load was too high.</summary>
    public static bool IsOfDatabase(Exception exception) => exception is NpgsqlException or TimeoutException or OverloadedException;

    /// <summary>The problem for an exception. Pure.</summary>
    public static Problem Explain(Exception exception) =>
        exception switch
        {
            PostgresException postgres => DatabaseErrors.IsPassing(postgres) ? Problems.ServiceUnavailable() : Problems.InternalError(),
            ListsNotReadException => Problems.ListsNotRead(),
            NpgsqlException or TimeoutException => Problems.ServiceUnavailable(),
            OverloadedException => Problems.Overloaded(),
            RateLimitedException => Problems.TooManyListeners(),
            BadHttpRequestException { StatusCode: StatusCodes.Status431RequestHeaderFieldsTooLarge } => Problems.HeadersTooLarge(),
            BadHttpRequestException => Problems.BadRequest("The request is not valid HTTP."),
            _ => Problems.InternalError(),
        };

    private static Problem? Explain(HttpContext http)
    {
        if (http.Response.ContentLength is not null || http.Response.ContentType is not null)
            return null;
        switch (http.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                return Problems.UnknownRoute(http.Request.Path.Value ?? "");
            case StatusCodes.Status405MethodNotAllowed:
                http.Response.Headers.Allow = "GET, HEAD, OPTIONS";
                return Problems.MethodNotAllowed(http.Request.Method, ["GET", "HEAD", "OPTIONS"]);
            case >= 400 and < 500:
                return Problems.BadRequest("The request cannot be answered.");
            default:
                return null;
        }
    }

    private static void Log(HttpContext http, Exception exception)
    {
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Api.Http.Requests.Failures");
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        if (exception is OverloadedException or RateLimitedException or ListsNotReadException)
            return;
        if (exception is NpgsqlException or TimeoutException)
            logger.LogError("{Route}: the database failed: {Reason}", route, exception.Message);
        else
            logger.LogError(exception, "{Route} failed", route);
    }
}
