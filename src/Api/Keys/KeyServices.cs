namespace Api.Keys;

/// <summary>Registers the services of API keys.</summary>
internal static class KeyServices
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<KeyRepository>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyCheck>();
    }
}
