namespace Api.Listing;

internal static class ListServices
{
    /// <summary>Adds the lists in memory.</summary>
    public static void AddLists(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ItemStoreSettings.From(builder.Configuration));
        builder.Services.AddSingleton<ItemStore>();
        builder.Services.AddSingleton<ListReader>();
        builder.Services.AddSingleton<ListIndex>();
        builder.Services.AddSingleton<ILists>(services => services.GetRequiredService<ListIndex>());
        builder.Services.AddSingleton<ListedItems>();
    }
}
