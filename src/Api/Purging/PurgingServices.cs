using Api.Http.Caching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Api.Purging;

/// <summary>Registers the purging of caches in front.</summary>
internal static class PurgingServices
{
    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public static void AddPurging(this WebApplicationBuilder builder)
    {
        var settings = PurgeSettings.From(builder.Configuration);
        builder.Services.TryAddSingleton(PurgeHosts.Vendors);
        builder.Services.AddSingleton<PurgeClient>();
        builder.Services.AddSingleton(services => Create(settings, services));
        builder.Services.AddHostedService(services => services.GetRequiredService<Purger>());
    }

    private static Purger Create(PurgeSettings settings, IServiceProvider services)
    {
        var (hosts, client) = (services.GetRequiredService<PurgeHosts>(), services.GetRequiredService<PurgeClient>());
        var log = services.GetRequiredService<ILogger<Purger>>();
        foreach (var warning in Warnings(settings, services.GetRequiredService<CacheSettings>()))
            log.LogWarning("{Warning}", warning);
        List<IPurgedCache> caches = [.. settings.VarnishUrls.Select(url => new VarnishCache(url, settings.VarnishSecret, client))];
        if (settings.Fastly is { } service)
            caches.Add(new FastlyCache(hosts.Fastly, service, client));
        if (settings.Cloudflare is { } zone)
            caches.Add(new CloudflareCache(hosts.Cloudflare, zone, client));
        return new Purger(caches, services.GetRequiredService<TimeProvider>(), log);
    }

    // Legitimate only where another program purges, or another cache renames the header.
    private static IEnumerable<string> Warnings(PurgeSettings settings, CacheSettings caching)
    {
        if (caching.SharedMaxAge > 0 && settings is { VarnishUrls: [], Fastly: null, Cloudflare: null })
            yield return "Cache:SharedMaxAgeSeconds is set, but no cache is purged (Purge:…): shared caches may show old content for that long";
        if (settings.Fastly is not null && caching.KeyHeader.Name != FastlyCache.KeyHeader)
            yield return $"Fastly is purged by keys that it reads from {FastlyCache.KeyHeader}, but Cache:KeyHeader is {caching.KeyHeader.Name}";
        if (settings.Cloudflare is not null && caching.KeyHeader.Name != CloudflareCache.KeyHeader)
            yield return $"Cloudflare is purged by keys that it reads from {CloudflareCache.KeyHeader}, but Cache:KeyHeader is {caching.KeyHeader.Name}";
    }
}

/// <summary>Where the vendors' APIs are. No setting changes it, so that tokens go nowhere else.</summary>
internal sealed record PurgeHosts(Uri Fastly, Uri Cloudflare)
{
    public static readonly PurgeHosts Vendors = new(new Uri("https://api.fastly.com"), new Uri("https://api.cloudflare.com"));
}
