using Api.Import.Lines;

namespace Api.Import;

/// <summary>What an import did, or on a dry run would have done.</summary>
/// <param name="Lines">Objects read.</param>
/// <param name="Created">Items that were not there before.</param>
/// <param name="Updated">Items that were there and differed.</param>
/// <param name="Unchanged">Items that were there just so.</param>
/// <param name="Rejected">Lines that could not be taken, in order. When there is one, nothing was written, unless <see cref="Stands"/>.</param>
/// <param name="DryRun">True when nothing was written on purpose.</param>
internal sealed record ImportReport(
    long Lines, long Created, long Updated, long Unchanged, IReadOnlyList<RejectedLine> Rejected, bool DryRun)
{
    /// <summary>True when every line was taken.</summary>
    public bool Succeeded => Rejected.Count == 0;

    /// <summary>True when the lines that could be taken were taken (on a dry run: would be), whatever became of the others.</summary>
    public bool Stands { get; init; } = Rejected.Count == 0;

    /// <summary>Lines of which something was left out or put right, in order; several of a line may be.</summary>
    public IReadOnlyList<RejectedLine> Mended { get; init; } = [];
}
