using System.Diagnostics;
using Api.Contracts;
using Api.Http.Json;
using Api.Http.Keys;
using Api.Http.Site;

namespace Api.Http.Errors;

/// <summary>A problem document (RFC 9457) that a handler returns as its answer.</summary>
/// <param name="Kind">Its entry in the catalogue.</param>
/// <param name="Detail">The error, and what would have worked.</param>
internal sealed record Problem(ProblemKind Kind, string Detail) : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>The parameter to change; null when no parameter is at fault.</summary>
    public string? Parameter { get; init; }

    /// <summary>Values that would have worked.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The reason an item was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds after which to retry; null when a retry does not help.</summary>
    public int? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var document = Describe(
            Links.Of(httpContext).Base,
            Shorten(ApiKey.RemoveFromAddress(httpContext.Request.PathBase + httpContext.Request.Path + httpContext.Request.QueryString)),
            Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier
        );
        var response = httpContext.Response;
        response.StatusCode = Kind.Status;
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return ReadyBytes.Send(httpContext, MediaType, ApiJson.Write(document));
    }

    private static string Shorten(string address) => address.Length <= 1_000 ? address : address[..1_000];

    /// <summary>The document to send, without keys that the request may have held.</summary>
    public ProblemDocument Describe(string baseUrl, string instance, string traceId) =>
        new()
        {
            Type = $"{baseUrl}/problems/{Kind.Code}",
            Title = Kind.Title,
            Status = Kind.Status,
            Detail = ApiKey.RemoveFrom(Detail),
            Instance = instance,
            Code = Kind.Code,
            Parameter = Parameter is null ? null : ApiKey.RemoveFrom(Parameter),
            Allowed = [.. Allowed.Select(ApiKey.RemoveFromAddress)],
            Reason = Reason,
            TraceId = traceId,
        };
}
