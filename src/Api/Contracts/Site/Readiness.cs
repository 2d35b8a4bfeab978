namespace Api.Contracts.Site;

/// <summary>Whether a process answers all requests as it should, as <c>GET /readyz</c> says it.</summary>
internal sealed record Readiness
{
    /// <summary><c>ready</c> or <c>not-ready</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Everything that keeps it from being ready; empty when it is.</summary>
    public required IReadOnlyList<ReadinessReason> Reasons { get; init; }
}

/// <summary>Something that keeps a process from being ready.</summary>
/// <param name="Code">For programs; never changes, more may come.</param>
/// <param name="Detail">What is the matter, for people.</param>
internal sealed record ReadinessReason(string Code, string Detail);
