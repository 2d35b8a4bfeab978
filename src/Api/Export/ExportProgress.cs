namespace Api.Export;

/// <summary>How far an export is.</summary>
/// <param name="Resource">The resource being written, such as <c>article</c>.</param>
/// <param name="Lines">Lines written so far.</param>
/// <param name="Total">Number of lines that the export will have.</param>
internal sealed record ExportProgress(string Resource, long Lines, long Total);
