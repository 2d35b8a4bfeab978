using Api.Http.Errors;
using Api.Http.Parameters;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Api.Http.Requests;

/// <summary>Answers 406 when the <c>Accept</c> header excludes the format of the address. Only the suffix chooses the format.</summary>
internal static class Negotiation
{
    public static Task Run(HttpContext http, RequestDelegate next)
    {
        if (
            http.GetEndpoint()?.Metadata is not { } endpoint
            || endpoint.GetMetadata<AnswerShape>() is null
            || Takes(http.Request.Headers.Accept, Format.Of(http).MediaType)
        )
            return next(http);
        var address = ApiRequest.Of(http).Links.Api(RoutePath.Of(http));
        IEnumerable<string> suffixes = endpoint.GetMetadata<OnlyFormat>() is not null
            ? [""]
            : (endpoint.GetMetadata<FormatSet>()?.Formats ?? []).Select(other => other.Format.Suffix).Prepend(Format.JsonSuffix);
        IEnumerable<string> streams = endpoint.GetMetadata<StreamAt>() is { } stream ? [ApiRequest.Of(http).Links.Api(stream.Path)] : [];
        return Problems
            .NotAcceptable([.. suffixes.Select(suffix => address + suffix + http.Request.QueryString), .. streams])
            .ExecuteAsync(http);
    }

    /// <summary>Whether <c>Accept</c> allows a media type. The values most clients send are recognised without parsing.</summary>
    public static bool Takes(StringValues accept, string mediaType) =>
        accept.Count == 0 || (accept.Count == 1 && (accept[0] == "*/*" || accept[0] == mediaType)) || Accepts(accept, mediaType);

    /// <summary>
    /// Whether <c>Accept</c> allows a media type: the most specific matching range decides (RFC 9110 §12.5.1). A missing or malformed
    /// header allows all. Pure.
    /// </summary>
    public static bool Accepts(IList<string?> accept, string mediaType)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges) || ranges.Count == 0)
            return true;
        var type = mediaType.AsSpan(0, mediaType.IndexOf('/', StringComparison.Ordinal)).ToString();
        return ranges
            .Where(range =>
                range.MatchesAllTypes
                || (range.Type == type && range.MatchesAllSubTypes)
                || range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(range =>
                range.MatchesAllTypes ? 2
                : range.MatchesAllSubTypes ? 1
                : 0
            )
            .Select(range => range.Quality is not 0)
            .FirstOrDefault();
    }
}
