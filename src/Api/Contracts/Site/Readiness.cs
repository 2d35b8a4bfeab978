namespace Api.Contracts.Site;

/// <summary>Whether a process can answer all requests correctly, as reported by <c>GET /readyz</c>.</summary>
internal sealed record Readiness
{
    /// <summary><c>ready</c> or <c>not-ready</c>.</summary>
    public required string Status { get; init; }

    /// <summary>All reasons why it is not ready; empty when it is.</summary>
    public required IReadOnlyList<ReadinessReason> Reasons { get; init; }
}

/// <summary>A reason why a process is not ready.</summary>
/// <param name="Code">Machine-readable code. Codes never change; more may be added.</param>
/// <param name="Detail">Human-readable explanation.</param>
internal sealed record ReadinessReason(string Code, string Detail);
