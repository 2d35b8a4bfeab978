using Microsoft.AspNetCore.Http.Features;

namespace Api.Http.Caching;

/// <summary>The address of a request as the client sent it. A key for looking up a cached answer without parsing the request.</summary>
internal readonly record struct Address(string Scheme, string Host, string PathBase, string Target)
{
    /// <summary>Approximate memory use in bytes.</summary>
    public int Bytes => 100 + (2 * (Host.Length + PathBase.Length + Target.Length));

    public static Address Of(HttpContext http) =>
        new(
            http.Request.Scheme,
            http.Request.Headers.Host.ToString(),
            http.Request.PathBase.Value ?? "",
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget
        );
}
