using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Api.Http;

/// <summary>Puts the ground floor of HTTP together: services, the way of a request, and the pages that belong to no slice.</summary>
internal static class ApiHttp
{
    /// <summary>Adds settings, links and documents; throws <see cref="InvalidOperationException"/> that names a setting which is wrong.</summary>
    public static void AddApiHttp(this WebApplicationBuilder builder)
    {
        // Texts for machines are the same wherever the process runs.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        var site = SiteSettings.From(builder.Configuration);
        builder.Services.AddSingleton(site);
        builder.Services.AddSingleton(PublicUrl.From(builder.Configuration));
        builder.Services.AddSingleton(new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone)));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => Links.Of(services.GetRequiredService<IHttpContextAccessor>().HttpContext!));
    }

    /// <summary>The way of a request, from the outside in; call it after request logging and before anything is mapped.</summary>
    public static void UseApiHttp(this WebApplication app)
    {
        app.UseRouting();
    }

    /// <summary>The pages that belong to no slice.</summary>
    public static void MapApiHttp(this IEndpointRouteBuilder routes)
    {
    }
}
