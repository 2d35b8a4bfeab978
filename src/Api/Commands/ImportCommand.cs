using System.CommandLine;
using Api.Data;
using Api.Http;
using Api.Import;
using Api.Import.WordPress;
using Npgsql;

namespace Api.Commands;

/// <summary><c>import</c>: brings content in from a file.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Bring content in: all of a file, or nothing.")
    {
        Reader("ndjson", "Newline-delimited JSON, as described in docs/import-format.md.", "File to read; - for standard input.", ImportSource.Ndjson),
        Reader("wordpress", "A WordPress export (WXR 1.0 to 1.2), as described in docs/moving-from-wordpress.md.", "File to read.", ImportSource.WordPress),
    };

    private static Command Reader(string name, string description, string fileDescription, Func<string, CancellationToken, ImportSource> open)
    {
        var file = new Argument<string>("FILE") { Description = fileDescription };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and count what would change, but write nothing." };
        var report = new Option<string?>("--report") { Description = "File for the report, as JSON.", HelpName = "FILE" };
        var command = new Command(name, description) { file, dryRun, report };
        command.SetAction((parsed, cancel) =>
            Import(open(parsed.GetValue(file)!, cancel), parsed.GetValue(dryRun), parsed.GetValue(report), cancel));
        return command;
    }

    /// <returns>Exit code: 0 when every line was taken.</returns>
    private static async Task<int> Import(ImportSource source, bool dryRun, string? reportFile, CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        var site = SiteSettings.From(builder.Configuration);
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        await server.Prepare(server.IsPrivate, cancel);
        await using var content = new ContentDatabase(server.Connections);
        ImportReport report;
        try
        {
            report = await ImportScreen.Run(progress => new Importer(content, site, TimeProvider.System)
                .Run(source.Lines, new ImportOptions { DryRun = dryRun, Progress = progress }, cancel));
        }
        catch (WordPressFileException e)
        {
            throw new SetupException($"The import stopped and nothing was written: {e.Message}", e);
        }
        catch (NpgsqlException e)
        {
            throw new SetupException($"The import stopped and nothing was written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        var notes = source.Notes();
        ImportScreen.Print(report, notes);
        if (reportFile is not null)
            await ImportReportFile.Write(report, notes, reportFile, cancel);
        return report.Succeeded ? 0 : 1;
    }
}
