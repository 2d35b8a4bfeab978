using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Api.Http;

/// <summary>Answers 406 where the <c>Accept</c> header excludes JSON. The header chooses nothing: the suffix of the address does.</summary>
internal static class Negotiation
{
    private const string Json = "application/json";

    public static Task Run(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AnswerShape>() is null || AcceptsJson(http.Request.Headers.Accept)) return next(http);
        return Problems.NotAcceptable([Links.Of(http).Api(RoutePath.Of(http)) + ".json" + http.Request.QueryString]).ExecuteAsync(http);
    }

    /// <summary>Whether JSON may be sent; what most clients send is known without parsing.</summary>
    public static bool AcceptsJson(StringValues accept) => accept.Count == 0 || accept is ["*/*" or Json] || Accepts(accept);

    /// <summary>Whether JSON may be sent: the most specific range that covers it decides (RFC 9110 §12.5.1). No or a broken header takes all. Pure.</summary>
    public static bool Accepts(IList<string?> accept)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges) || ranges.Count == 0) return true;
        return ranges
            .Where(range => range.MatchesAllTypes || (range.Type == "application" && range.MatchesAllSubTypes) || range.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality is not 0)
            .FirstOrDefault();
    }
}
