using Api.Import.Lines;

namespace Api.Import;

/// <summary>The result of an import, or of a dry run: what the import would have done.</summary>
/// <param name="Lines">Objects read.</param>
/// <param name="Created">Items that did not exist before.</param>
/// <param name="Updated">Items that existed and differed.</param>
/// <param name="Unchanged">Items that existed and were equal.</param>
/// <param name="Rejected">Lines that were rejected, in order. If there are any, nothing was written, unless <see cref="Stands"/>.</param>
/// <param name="DryRun">True when nothing was written on purpose.</param>
internal sealed record ImportReport(
    long Lines,
    long Created,
    long Updated,
    long Unchanged,
    IReadOnlyList<RejectedLine> Rejected,
    bool DryRun
)
{
    /// <summary>True when every line was imported.</summary>
    public bool Succeeded => Rejected.Count == 0;

    /// <summary>True when the valid lines were imported (on a dry run: would be), whatever happened to the others.</summary>
    public bool Stands { get; init; } = Rejected.Count == 0;

    /// <summary>Lines of which something was left out or corrected, in order; a line may be in it several times.</summary>
    public IReadOnlyList<RejectedLine> Mended { get; init; } = [];
}
