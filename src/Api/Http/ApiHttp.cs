using System.Globalization;
using System.IO.Compression;
using System.Net;
using Api.Collation;
using Api.Http.Caching;
using Api.Http.Errors;
using Api.Http.OpenApi;
using Api.Http.Pages;
using Api.Http.Parameters;
using Api.Http.Requests;
using Api.Http.Site;
using Api.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Api.Http;

/// <summary>Registers the HTTP services, the middleware pipeline, and the pages that belong to no slice.</summary>
internal static class ApiHttp
{
    /// <summary>The path of snapshots.</summary>
    public const string Snapshot = "/v1/snapshot";

    private static readonly Setting KnownProxies = new("Proxy:Known", "list of IP addresses and networks")
    {
        Variable = "Proxy__Known__0",
        DefaultNote = "none",
        Range = "such as `10.0.0.1`, `fd00::1`, `10.0.0.0/8`",
        Effect = "Proxies whose `X-Forwarded-*` headers are accepted.",
    };

    private static readonly Setting TrustedProxies = new("Proxy:Trusted", "`true` or `false`")
    {
        Default = "false",
        Range = "`true`, `false`",
        Effect = "`true` accepts these headers from every connection. Use it only where nothing but the proxy can connect.",
    };

    /// <summary>Adds settings, links and documents.</summary>
    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public static void AddApiHttp(this WebApplicationBuilder builder)
    {
        // Output for machines must not depend on the locale of the host.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        var site = SiteSettings.From(builder.Configuration);
        builder.Services.AddSingleton(site);
        builder.Services.AddSingleton(TitleOrder.From(builder.Configuration, site.DefaultLanguage));
        builder.Services.AddSingleton(PublicUrl.From(builder.Configuration));
        builder.Services.AddSingleton(new SiteCalendar(TimeZones.Find(site.TimeZone)!));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddAnswerCache();
        builder.Services.AddOpenApiDocuments(site);
        builder.Services.AddResponseCompression(Compress);
        builder.Services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        var proxies = new ForwardedHeadersOptions();
        TrustProxy(proxies, builder.Configuration);
        builder.Services.AddSingleton(Options.Create(proxies));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Above the limits of RequestLimits, so that RequestLimits answers with a problem document before Kestrel rejects the request.
            kestrel.Limits.MaxRequestLineSize = 4 * RequestLimits.LongestTarget;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * RequestLimits.LargestHeaders;
            kestrel.Limits.MaxRequestHeaderCount = 200;
        });
    }

    /// <summary>Adds the outermost middleware: forwarded headers and the answer cache. Call it before request logging.</summary>
    public static void UseCachedAnswers(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value.ForwardedHeaders != ForwardedHeaders.None)
            app.UseForwardedHeaders();
        app.UseCacheFront();
    }

    /// <summary>
    /// Adds the middleware for requests that the cache does not answer, outermost first. Call it after request logging and before mapping.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="checkKey">Checks the key of a request, before its address is looked at.</param>
    /// <param name="checkPreview">Checks whether the key may see the preview that a request asks for.</param>
    public static void UseApiHttp(
        this WebApplication app,
        Func<HttpContext, RequestDelegate, Task> checkKey,
        Func<HttpContext, RequestDelegate, Task> checkPreview
    )
    {
        app.Use(CommonHeaders.Run);
        app.Use(HeadAsGet.Run);
        // Snapshots are compressed already and support ranges.
        app.UseWhen(
            http => !http.Request.Path.Value!.StartsWith(Snapshot, StringComparison.OrdinalIgnoreCase),
            branch => branch.UseResponseCompression()
        );
        app.Use(Failures.Run);
        app.Use(RequestLimits.Run);
        app.Use(checkKey);
        app.UseRouting();
        app.Use(checkPreview);
        app.Use(Negotiation.Run);
        app.UseSwaggerPage();
    }

    /// <summary>The pages that belong to no slice.</summary>
    public static void MapApiHttp(this IEndpointRouteBuilder routes)
    {
        routes.MapHomePage();
        routes.MapProblemPages();
        routes.MapFormatsPage();
        routes.MapDocPages();
        routes.MapOpenApiDocuments();
    }

    private static void Compress(ResponseCompressionOptions options)
    {
        // Safe over HTTPS here: answers hold no secret that an attacker could guess from their length (BREACH).
        options.EnableForHttps = true;
        options.MimeTypes =
        [
            Problem.MediaType,
            "text/html",
            "text/css",
            "text/javascript",
            "application/javascript",
            "image/svg+xml",
            // Not streams: an event would stay in the buffer of the coding until there is more.
            .. Format.All.Where(format => format != Format.EventStream).Select(format => format.MediaType).Distinct(),
        ];
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
    }

    /// <summary>
    /// Accepts forwarded headers from the addresses and networks in <c>Proxy:Known</c>, from every client with <c>Proxy:Trusted=true</c>,
    /// and otherwise from none.
    /// </summary>
    /// <exception cref="InvalidOperationException">An entry of <c>Proxy:Known</c> is neither an address nor a network.</exception>
    private static void TrustProxy(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        var trusted = TrustedProxies.IsOn(configuration);
        var known = KnownProxies.List(configuration);
        options.ForwardedHeaders =
            trusted || known.Length > 0
                ? ForwardedHeaders.XForwardedFor
                    | ForwardedHeaders.XForwardedProto
                    | ForwardedHeaders.XForwardedHost
                    | ForwardedHeaders.XForwardedPrefix
                : ForwardedHeaders.None;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in known)
        {
            if (IPAddress.TryParse(text, out var address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(text, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new InvalidOperationException(
                    $"The setting {KnownProxies.Name} holds '{text}'; it has to be an IP address such as 10.0.0.1, or a network such as 10.0.0.0/8."
                );
        }
    }
}
