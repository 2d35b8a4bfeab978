namespace Api.Export;

/// <summary>How far an export is.</summary>
/// <param name="Resource">What is being written, such as <c>article</c>.</param>
/// <param name="Lines">Lines written so far.</param>
/// <param name="Total">Lines there will be.</param>
internal sealed record ExportProgress(string Resource, long Lines, long Total);
