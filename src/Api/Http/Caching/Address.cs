using Microsoft.AspNetCore.Http.Features;

namespace Api.Http.Caching;

/// <summary>A request as it was sent: what leads to an answer without being parsed.</summary>
internal readonly record struct Address(string Scheme, string Host, string PathBase, string Target)
{
    /// <summary>What it takes in memory, roughly.</summary>
    public int Bytes => 100 + (2 * (Host.Length + PathBase.Length + Target.Length));

    public static Address Of(HttpContext http) => new(
        http.Request.Scheme,
        http.Request.Headers.Host.ToString(),
        http.Request.PathBase.Value ?? "",
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
}
