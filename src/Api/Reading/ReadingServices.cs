using Api.Collation;
using Api.Data.Delivery;
using Api.Reading.Named;

namespace Api.Reading;

internal static class ReadingServices
{
    /// <summary>Adds the services for reading that the slices share.</summary>
    /// <param name="services">The services.</param>
    /// <param name="keepsNames">Whether orders of names are kept in memory: in a preview they change with time, too.</param>
    public static void AddReading(this IServiceCollection services, bool keepsNames = true)
    {
        services.AddSingleton<References>();
        services.AddSingleton(provider => new NameOrders(
            provider.GetRequiredService<IQueries>(),
            provider.GetRequiredService<TitleOrder>(),
            provider.GetRequiredService<TimeProvider>(),
            keepsNames
        ));
        services.AddSingleton<FilterKeyReader>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<ArticleReader>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<ListTitles>();
        services.AddSingleton<MenuReader>();
        services.AddSingleton<ItemReader>();
    }
}
