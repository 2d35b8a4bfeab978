using Api.Data.Delivery;
using Api.Http.Site;
using Api.Reading.Search;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Api.Reading;

internal static class ReadingServices
{
    /// <summary>Adds the services for reading that the slices share.</summary>
    public static void AddReading(this IServiceCollection services)
    {
        services.AddSingleton(provider => new References(
            provider.GetRequiredService<DeliveryDatabase>(),
            provider.GetRequiredService<SiteSettings>()
        ));
        services.AddSingleton<FilterKeyReader>();
        services.AddSingleton<Withdrawals>();
        services.TryAddSingleton(SearchReach.Usual);
        services.AddSingleton<WordSearch>();
        services.AddSingleton<FacetCounts>();
        services.AddSingleton<Spelling>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<ListTitles>();
        services.AddSingleton<MenuReader>();
        services.AddSingleton<ItemReader>();
    }
}
