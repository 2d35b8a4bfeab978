namespace Api.Http.Caching;

/// <summary>Registers the services of the delivery cache.</summary>
internal static class CachingServices
{
    public static void AddAnswerCache(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(CacheSettings.From(builder.Configuration));
        builder.Services.AddSingleton(LoadSettings.From(builder.Configuration));
        builder.Services.AddSingleton<Shedding>();
        builder.Services.AddSingleton(SearchPlaceSettings.From(builder.Configuration));
        builder.Services.AddSingleton<SearchPlaces>();
        builder.Services.AddSingleton<AnswerCache>();
        builder.Services.AddSingleton<ChangeCheck>();
        builder.Services.AddSingleton<ExpiryTimer>();
        builder.Services.AddSingleton<AnswerSender>();
        builder.Services.AddSingleton(LiveSettings.From(builder.Configuration));
        builder.Services.AddSingleton<Listeners>();
        builder.Services.AddSingleton<LongPoll>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LongPoll>());
        builder.Services.AddSingleton<CacheFront>();
        builder.Services.AddSingleton<CacheFill>();
    }

    /// <summary>Adds the middleware that answers from memory. Call it before request logging.</summary>
    public static void UseCacheFront(this WebApplication app) => app.Use(app.Services.GetRequiredService<CacheFront>().Run);

    /// <summary>The group of all endpoints whose answers are made of the content, and therefore are cached.</summary>
    public static RouteGroupBuilder MapContent(this WebApplication app) =>
        app.MapGroup("").AddEndpointFilter(app.Services.GetRequiredService<CacheFill>());
}
