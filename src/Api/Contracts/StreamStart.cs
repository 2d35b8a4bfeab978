namespace Api.Contracts;

/// <summary>The first event of a stream, <c>ready</c>.</summary>
internal sealed record StreamStart
{
    /// <summary>Sequence number of the last change before the stream.</summary>
    public required long Sequence { get; init; }
}

/// <summary>Says that a position is of no use, in a stream as <c>resync</c>: it is of another history of the content, or too old.</summary>
internal sealed record StreamResync
{
    /// <summary>Sequence number of the last change before what follows.</summary>
    public required long Sequence { get; init; }

    /// <summary>Always <c>all</c>: every answer may be stale.</summary>
    public required IReadOnlyList<string> Invalidates { get; init; }
}
