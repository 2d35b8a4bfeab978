namespace Api.Import.Lines;

/// <summary>A line that could not be taken.</summary>
/// <param name="Line">The <see cref="ImportLine.Number"/> it came with.</param>
/// <param name="Resource">As far as it could be read; else null.</param>
/// <param name="Slug">As far as it could be read; of a redirect, its path; else null.</param>
/// <param name="Reason">What to change, each problem with the member it is about.</param>
internal sealed record RejectedLine(long Line, string? Resource, string? Slug, string Reason);
