using System.Threading.RateLimiting;
using Api.Http.Errors;
using Api.Http.Keys;
using Api.Http.Requests;

namespace Api.Preview;

/// <summary>
/// Checks whether the key of a request may see the preview that it asks for, before any content is looked at, and has services of the
/// preview answer it.
/// </summary>
internal sealed class PreviewCheck(Previews previews, TimeProvider clock) : IDisposable
{
    // Lists that are being read make requests wait. They must not take the places of those who ask for what is public.
    private readonly ConcurrencyLimiter places = new(
        new ConcurrencyLimiterOptions { PermitLimit = 2 * Environment.ProcessorCount, QueueLimit = 200 }
    );

    /// <summary>The middleware, after routing. The service is asked for by the first preview, as it needs the database.</summary>
    public static Task Use(HttpContext http, RequestDelegate next) =>
        ApiRequest.Of(http).Query.AsksForPreview ? http.RequestServices.GetRequiredService<PreviewCheck>().Run(http, next) : next(http);

    public void Dispose() => places.Dispose();

    private async Task Run(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(KeepPrivate, http.Response);
        var request = ApiRequest.Of(http);
        var query = request.Query;
        if (request.Key is not { } key)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"content-api\"";
            await Problems.KeyRequired().ExecuteAsync(http);
            return;
        }
        if (query.Problem is { } wrong)
        {
            await wrong.ExecuteAsync(http);
            return;
        }
        var shown = PreviewQuery.ShownBy(query);
        var needed = shown == "early" ? GrantedKey.EarlyScope : GrantedKey.PreviewScope;
        if (key.Scope != needed)
        {
            await Problems.InsufficientScope(needed).ExecuteAsync(http);
            return;
        }
        if (PreviewQuery.IsSearch(query))
            request.Preview = "public";
        else
        {
            var moment = PreviewQuery.MomentOf(query);
            // The present moves on.
            var view = new PreviewView(
                shown ?? "at",
                moment > clock.GetUtcNow().UtcDateTime ? moment : null,
                $"{{{string.Join(',', key.Topics.Order())}}}"
            );
            if (previews.Of(view, http.RequestServices) is not { } services)
            {
                await Problems.PreviewsAreOff().ExecuteAsync(http);
                return;
            }
            http.RequestServices = services;
            query.Audience = view.Topics;
            request.Preview = Describe(shown, moment);
        }
        using var place = await places.AcquireAsync(1, http.RequestAborted);
        if (place.IsAcquired)
            await next(http);
        else
            await Problems.Overloaded().ExecuteAsync(http);
    }

    private static string Describe(string? shown, DateTime? moment) =>
        string.Join(", ", new[] { shown, moment is { } at ? $"at={ParameterReader.Instant(at)}" : null }.OfType<string>());

    // Runs last, so that it holds whatever the status.
    private static Task KeepPrivate(object state)
    {
        ((HttpResponse)state).Headers.CacheControl = "private, no-store";
        return Task.CompletedTask;
    }
}
