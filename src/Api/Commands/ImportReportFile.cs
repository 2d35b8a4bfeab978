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

    /// <exception cref="SetupException">The file cannot be written.</exception>
    public static async Task Write(ImportReport report, string file, CancellationToken cancel)
    {
        try
        {
            await using var stream = File.Create(file);
            await JsonSerializer.SerializeAsync(stream, report, Indented, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The report cannot be written: {e.Message}", e);
        }
    }
}
