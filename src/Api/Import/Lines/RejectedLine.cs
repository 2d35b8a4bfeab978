namespace Api.Import.Lines;

/// <summary>A line that was rejected.</summary>
/// <param name="Line">The <see cref="ImportLine.Number"/> of the line.</param>
/// <param name="Resource">The resource, if it could be read; else null.</param>
/// <param name="Slug">The slug, or the path of a redirect, if it could be read; else null.</param>
/// <param name="Reason">What to change: every problem with its member.</param>
internal sealed record RejectedLine(long Line, string? Resource, string? Slug, string Reason);
