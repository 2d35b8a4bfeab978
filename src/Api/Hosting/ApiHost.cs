using Api.Articles;
using Api.Changes;
using Api.Changes.Snapshots;
using Api.Changes.Streaming;
using Api.Data;
using Api.Data.Delivery;
using Api.Events;
using Api.Experts;
using Api.Hooks;
using Api.Http;
using Api.Http.Caching;
using Api.Http.Pages;
using Api.Import;
using Api.Invalidation;
using Api.Keys;
using Api.Listing;
using Api.Live;
using Api.Preview;
using Api.Purging;
using Api.Reading;
using Api.Related;
using Api.Search;
using Api.Site;
using Api.Topics;
using Api.Webhooks;
using Api.Words.Languages;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Api.Hosting;

/// <summary>Registers the services and endpoints of the API.</summary>
internal static class ApiHost
{
    private const string ReloadOnChange = "hostBuilder:reloadConfigOnChange";

    /// <summary>Creates a builder with configuration and logging. It does not need the database yet.</summary>
    public static WebApplicationBuilder CreateBuilder()
    {
        // Settings are read once. To notice changes of appsettings.json, .NET would watch every folder below the one it started in.
        var builder = WebApplication.CreateSlimBuilder([$"--{ReloadOnChange}=false"]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBufferSize = 128 * 1024;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Logging.ClearProviders();
        builder.Services.AddRequestLog(builder.Environment);
        return builder;
    }

    /// <summary>Builds the API. <paramref name="connections"/> is called when the first service needs the database.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, Func<Connections> connections)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => connections());
        builder.Services.AddSingleton<ContentDatabase>();
        builder.Services.AddSingleton(services => new DeliveryDatabase(services.GetRequiredService<Connections>()));
        builder.Services.AddSingleton<IQueries>(services => services.GetRequiredService<DeliveryDatabase>());
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddHostedService<CacheKeeper>();
        builder.Services.AddSingleton<Publisher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Publisher>());
        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddSingleton<ReadinessCheck>();
        builder.Services.AddSingleton<Importer>();
        builder.AddApiHttp();
        builder.AddLists();
        builder.Services.AddReading();
        builder.Services.AddRelated();
        builder.Services.AddSingleton<InvalidationReader>();
        builder.Services.AddLive();
        builder.AddPurging();
        builder.Services.AddWebhooks();
        builder.Services.AddKeys();
        builder.Services.AddPreviews();
        builder.Services.AddArticles();
        builder.Services.AddExperts();
        builder.Services.AddTopics();
        builder.Services.AddEvents();
        builder.Services.AddSearch();
        builder.Services.AddSingleton(SearchSettings.From(builder.Configuration));
        builder.Services.AddSingleton<KnownLanguages>();
        builder.Services.AddSite();
        builder.Services.AddChanges();
        builder.Services.AddStream();
        builder.Services.AddSnapshots();

        var app = builder.Build();
        app.UseCachedAnswers();
        app.Use(
            (http, next) =>
            {
                DeliverySession.Begin();
                return next(http);
            }
        );
        app.UseRequestLog();
        app.UseApiHttp(KeyCheck.Use, PreviewCheck.Use);
        app.MapApiHttp();
        app.MapHealth();
        app.MapHooks(app.Configuration);
        var content = app.MapContent();
        var v1 = content.MapGroup("/v1");
        v1.MapArticles();
        v1.MapArticleTypes();
        v1.MapExperts();
        v1.MapTopics();
        v1.MapEvents();
        v1.MapSearch();
        v1.MapSite();
        v1.MapChanges();
        v1.MapStream();
        v1.MapSnapshots();
        content.MapSitemap();
        FormatEndpoints.Map(app);
        return app;
    }
}
