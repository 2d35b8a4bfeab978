using System.Text.Encodings.Web;
using System.Text.Json;
using Api.Data;
using Api.Import;

namespace Api.Commands;

/// <summary>The report of an import as JSON.</summary>
internal static class ImportReportFile
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="report">The result of the import.</param>
    /// <param name="notes">Notes from reading the source.</param>
    /// <param name="summary">What a WordPress import could not take over, by kind.</param>
    /// <param name="file">Path.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <exception cref="SetupException">The file cannot be written.</exception>
    public static async Task Write(
        ImportReport report,
        IReadOnlyList<string> notes,
        IReadOnlyList<ImportSummaryLine> summary,
        string file,
        CancellationToken cancel
    )
    {
        try
        {
            await using var stream = File.Create(file);
            await JsonSerializer.SerializeAsync(
                stream,
                new
                {
                    report.DryRun,
                    report.Lines,
                    report.Created,
                    report.Updated,
                    report.Unchanged,
                    report.Rejected,
                    report.Mended,
                    summary,
                    notes,
                },
                Indented,
                cancel
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The report cannot be written: {e.Message}", e);
        }
    }
}
