namespace Api.Site;

/// <summary>Everything a site needs beside its content: pages, menus, old addresses and the index of the API.</summary>
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
