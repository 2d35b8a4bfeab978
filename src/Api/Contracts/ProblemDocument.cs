namespace Api.Contracts;

/// <summary>A problem document (RFC 9457): why a request failed, and what would have worked.</summary>
internal sealed record ProblemDocument
{
    /// <summary>Absolute URL of a page that explains the problem.</summary>
    public required string Type { get; init; }

    /// <summary>Human-readable name of the kind of problem.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Human-readable explanation: what is wrong with this request, and what would have worked.</summary>
    public required string Detail { get; init; }

    /// <summary>Path and query of the request.</summary>
    public required string Instance { get; init; }

    /// <summary>Machine-readable code of the kind of problem. Codes never change; more may be added.</summary>
    public required string Code { get; init; }

    /// <summary>The parameter to change; null when no parameter is at fault.</summary>
    public required string? Parameter { get; init; }

    /// <summary>The allowed values, or those nearest to the given one; empty when they cannot be listed.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>
    /// Why an item is gone: unpublished, retracted, merged, expired, deleted; more may be added. Null for other problems.
    /// </summary>
    public required string? Reason { get; init; }

    /// <summary>Identifies the request in the server's log.</summary>
    public required string TraceId { get; init; }
}
