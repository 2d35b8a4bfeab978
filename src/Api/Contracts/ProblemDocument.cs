namespace Api.Contracts;

/// <summary>Why a request was not answered, and what would have worked (RFC 9457).</summary>
internal sealed record ProblemDocument
{
    /// <summary>Absolute URL of a page that explains the problem.</summary>
    public required string Type { get; init; }

    /// <summary>What kind of problem it is, for people.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong with this request and what would have worked, for people.</summary>
    public required string Detail { get; init; }

    /// <summary>Path and query of the request.</summary>
    public required string Instance { get; init; }

    /// <summary>What kind of problem it is, for programs; a code never changes, more may come.</summary>
    public required string Code { get; init; }

    /// <summary>The parameter that is to be changed; null when it is none.</summary>
    public required string? Parameter { get; init; }

    /// <summary>What would have worked instead, or the nearest of it; empty where no list can say.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>Why an item is gone: unpublished, retracted, merged, expired, deleted; null for all other problems. More may come.</summary>
    public required string? Reason { get; init; }

    /// <summary>Finds the request in the server's log.</summary>
    public required string TraceId { get; init; }
}
