namespace Api.Live;

/// <summary>Registers the services of change events.</summary>
internal static class LiveServices
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveSignal>();
        services.AddSingleton<EventStore>();
        services.AddSingleton<EventRangeReader>();
        services.AddSingleton<ChangeEvents>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeEvents>());
        services.AddHostedService<NodeReport>();
        services.AddHostedService<EventSender>();
    }
}
