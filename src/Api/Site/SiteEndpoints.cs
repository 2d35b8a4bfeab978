namespace Api.Site;

/// <summary>What a site needs beside its content: pages, menus, the addresses of the old site, and the index of it all.</summary>
internal static class SiteEndpoints
{
    public static void AddSite(this IServiceCollection services)
    {
        services.AddSingleton<PageRepository>();
        services.AddSingleton<RedirectRepository>();
        services.AddSingleton<IndexRepository>();
        services.AddSingleton<SitemapRepository>();
    }

    public static void MapSite(this IEndpointRouteBuilder routes)
    {
        routes.MapIndex();
        routes.MapPages();
        routes.MapMenus();
        routes.MapRedirects();
    }
}
