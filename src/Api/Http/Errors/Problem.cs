using System.Diagnostics;
using Api.Contracts;
using Api.Http.Json;
using Api.Http.Site;

namespace Api.Http.Errors;

/// <summary>A request that cannot be answered, ready to be returned from a handler (RFC 9457).</summary>
/// <param name="Kind">Its entry in the catalogue.</param>
/// <param name="Detail">What is wrong and what would have worked.</param>
internal sealed record Problem(ProblemKind Kind, string Detail) : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>The parameter that is to be changed; null when it is none.</summary>
    public string? Parameter { get; init; }

    /// <summary>What would have worked instead.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Why an item is gone.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds after which it is worth trying again; null when it is not.</summary>
    public int? RetryAfter { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var document = Describe(
            Links.Of(httpContext).Base,
            Shorten(httpContext.Request.PathBase + httpContext.Request.Path + httpContext.Request.QueryString),
            Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier);
        var response = httpContext.Response;
        response.StatusCode = Kind.Status;
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return ReadyBytes.Send(httpContext, MediaType, ApiJson.Write(document));
    }

    private static string Shorten(string address) => address.Length <= 1_000 ? address : address[..1_000];

    /// <summary>The document that is sent.</summary>
    public ProblemDocument Describe(string baseUrl, string instance, string traceId) => new()
    {
        Type = $"{baseUrl}/problems/{Kind.Code}",
        Title = Kind.Title,
        Status = Kind.Status,
        Detail = Detail,
        Instance = instance,
        Code = Kind.Code,
        Parameter = Parameter,
        Allowed = Allowed,
        Reason = Reason,
        TraceId = traceId,
    };
}
