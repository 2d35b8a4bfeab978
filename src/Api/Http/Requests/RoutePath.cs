using Api.Http.Parameters;

namespace Api.Http.Requests;

/// <summary>The canonical path of a request.</summary>
internal static class RoutePath
{
    /// <summary>The endpoint's pattern with the request's route values: no suffix, no trailing slash, percent-encoded.</summary>
    /// <param name="http">The request.</param>
    /// <param name="slug">Replaces the request's slug; null to keep it.</param>
    public static string Of(HttpContext http, string? slug = null)
    {
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern: { } pattern })
            return http.Request.Path.ToUriComponent();
        var segments = pattern.PathSegments.Select(segment =>
            string.Concat(
                segment.Parts.Select(part =>
                    part switch
                    {
                        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "slug" } when slug is not null =>
                            Uri.EscapeDataString(slug),
                        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => Uri.EscapeDataString(
                            http.GetRouteValue(parameter.Name)?.ToString() ?? ""
                        ),
                        _ => "",
                    }
                )
            )
        );
        var path = "/" + string.Join('/', segments);
        return path[..^Format.Of(http).Suffix.Length];
    }
}
