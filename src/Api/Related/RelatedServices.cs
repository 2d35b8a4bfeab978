namespace Api.Related;

internal static class RelatedServices
{
    /// <summary>Adds the readers of what pages show beside an item or a list.</summary>
    public static void AddRelated(this IServiceCollection services)
    {
        services.AddSingleton<RelatedCards>();
        services.AddSingleton<RelatedNames>();
        services.AddSingleton<RelatedLists>();
    }
}
