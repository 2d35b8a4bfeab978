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
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check everything and count what would change, but write nothing." };
    private static readonly Option<string?> Report = new("--report") { Description = "File for the report, as JSON.", HelpName = "FILE" };

    public static Command Create() => new("import", "Bring content in: all of a file, or nothing.") { Ndjson(), WordPress() };

    private static Command Ndjson()
    {
        var file = new Argument<string>("FILE") { Description = "File to read; - for standard input." };
        var command = new Command("ndjson", "Newline-delimited JSON, as described in docs/import-format.md.") { file, DryRun, Report };
        command.SetAction((parsed, cancel) => Import(ImportSource.Ndjson(parsed.GetValue(file)!, cancel), parsed, cancel));
        return command;
    }

    private static Command WordPress()
    {
        var file = new Argument<string>("FILE") { Description = "File to read." };
        var mapping = new Option<string?>("--mapping") { Description = "File that says what custom post types, taxonomies and terms are here.", HelpName = "FILE" };
        var command = new Command("wordpress", "A WordPress export (WXR 1.0 to 1.2), as described in docs/moving-from-wordpress.md.") { file, mapping, DryRun, Report };
        command.SetAction((parsed, cancel) => Import(ImportSource.WordPress(parsed.GetValue(file)!, parsed.GetValue(mapping), cancel), parsed, cancel));
        return command;
    }

    /// <returns>Exit code: 0 when every line was taken.</returns>
    private static async Task<int> Import(ImportSource source, ParseResult parsed, CancellationToken cancel)
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
                .Run(source.Lines, new ImportOptions { DryRun = parsed.GetValue(DryRun), Progress = progress }, cancel));
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
        if (parsed.GetValue(Report) is { } reportFile)
            await ImportReportFile.Write(report, notes, reportFile, cancel);
        return report.Succeeded ? 0 : 1;
    }
}
