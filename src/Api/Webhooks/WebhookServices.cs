using Api.Http.Guarded;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Api.Webhooks;

/// <summary>Registers the services of webhooks.</summary>
internal static class WebhookServices
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new GuardedHttp());
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<DeliveryStore>();
        services.AddHostedService<WebhookSender>();
    }
}
