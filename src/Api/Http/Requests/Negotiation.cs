using Api.Http.Errors;
using Api.Http.Parameters;
using Api.Http.Site;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Api.Http.Requests;

/// <summary>Answers 406 where the <c>Accept</c> header excludes the format of the address. The header chooses nothing: the suffix does.</summary>
internal static class Negotiation
{
    public static Task Run(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata is not { } endpoint || endpoint.GetMetadata<AnswerShape>() is null || Takes(http.Request.Headers.Accept, Format.Of(http).MediaType)) return next(http);
        var address = Links.Of(http).Api(RoutePath.Of(http));
        IEnumerable<string> suffixes = endpoint.GetMetadata<OnlyFormat>() is not null ? [""] : (endpoint.GetMetadata<FormatSet>()?.Formats ?? []).Select(other => other.Format.Suffix).Prepend(Format.JsonSuffix);
        return Problems.NotAcceptable([.. suffixes.Select(suffix => address + suffix + http.Request.QueryString)]).ExecuteAsync(http);
    }

    /// <summary>Whether a media type may be sent; what most clients send is known without parsing.</summary>
    public static bool Takes(StringValues accept, string mediaType) => accept.Count == 0 || (accept.Count == 1 && (accept[0] == "*/*" || accept[0] == mediaType)) || Accepts(accept, mediaType);

    /// <summary>Whether a media type may be sent: the most specific range that covers it decides (RFC 9110 §12.5.1). No or a broken header takes all. Pure.</summary>
    public static bool Accepts(IList<string?> accept, string mediaType)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges) || ranges.Count == 0) return true;
        var type = mediaType.AsSpan(0, mediaType.IndexOf('/', StringComparison.Ordinal)).ToString();
        return ranges
            .Where(range => range.MatchesAllTypes || (range.Type == type && range.MatchesAllSubTypes) || range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality is not 0)
            .FirstOrDefault();
    }
}
