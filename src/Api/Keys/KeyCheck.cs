using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.Keys;
using Api.Http.Requests;

namespace Api.Keys;

/// <summary>
/// Checks the key of a request, if it brings one, before anything else of the request is looked at. No answer to a key may be kept.
/// </summary>
internal sealed class KeyCheck(KeyRing ring, TimeProvider clock) : IDisposable
{
    private const int MostRefused = 30;

    // Stands in for the hash of a key that is not there, so that the comparison takes the same time.
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private readonly PartitionedRateLimiter<IPAddress> refused = PartitionedRateLimiter.Create<IPAddress, IPAddress>(network =>
        RateLimitPartition.GetFixedWindowLimiter(
            network,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = MostRefused, Window = TimeSpan.FromMinutes(1) }
        )
    );

    /// <summary>The middleware. The service is asked for by the first request with a key, as it needs the database.</summary>
    public static Task Use(HttpContext http, RequestDelegate next) =>
        Bearer.IsIn(http.Request.Headers) ? http.RequestServices.GetRequiredService<KeyCheck>().Run(http, next) : next(http);

    public void Dispose() => refused.Dispose();

    private async Task Run(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(KeepPrivate, http.Response);
        var network = http.Connection.RemoteIpAddress is { } address ? Listeners.NetworkOf(address) : null;
        if (network is not null && !IsFree(network))
        {
            await Problems.TooManyRefusedKeys().ExecuteAsync(http);
            return;
        }
        var (key, problem) = await Check(http);
        if (key is null)
        {
            if (network is not null)
                refused.AttemptAcquire(network).Dispose();
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"content-api\", error=\"invalid_token\"";
            await problem!.ExecuteAsync(http);
            return;
        }
        var rate = key.Rate.Take();
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";q={rate.Most};w={KeyRate.Window}");
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"key\";r={rate.Left};t={rate.Seconds}");
            return Task.CompletedTask;
        });
        if (!rate.IsTaken)
        {
            await Problems.TooManyRequestsOfKey(rate.Most, rate.Seconds).ExecuteAsync(http);
            return;
        }
        ring.Use(key);
        ApiRequest.Of(http).Key = new GrantedKey(key.Row.Scope, key.Row.Topics ?? []);
        await next(http);
    }

    // Only who has the right secret is told more than that the key is none.
    private async Task<(HeldKey? Key, Problem? Problem)> Check(HttpContext http)
    {
        if (Bearer.KeyOf(http.Request.Headers) is not { } sent)
            return (null, Problems.MalformedKey());
        var key = await ring.Find(sent.Id, http.RequestAborted);
        if (!CryptographicOperations.FixedTimeEquals(sent.Hash, key?.Row.Hash ?? NoHash) || key is null)
            return (null, Problems.UnknownKey());
        if (key.Row.RevokedAt is not null)
            return (null, Problems.RevokedKey());
        return key.Row.ExpiresAt is { } end && end <= clock.GetUtcNow().UtcDateTime ? (null, Problems.ExpiredKey()) : (key, null);
    }

    private bool IsFree(IPAddress network)
    {
        using var lease = refused.AttemptAcquire(network, 0);
        return lease.IsAcquired;
    }

    // The last word, as what makes the answer knows nothing of keys.
    private static Task KeepPrivate(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        var isStream = headers.CacheControl.ToString().Contains("no-transform", StringComparison.Ordinal);
        headers.CacheControl = isStream ? "private, no-store, no-transform" : "private, no-store";
        headers.Remove("CDN-Cache-Control");
        return Task.CompletedTask;
    }
}
