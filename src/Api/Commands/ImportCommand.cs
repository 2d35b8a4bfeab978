using System.CommandLine;
using Api.Data;
using Api.Http;
using Api.Import;
using Npgsql;

namespace Api.Commands;

/// <summary><c>import</c>: brings content in from a file.</summary>
internal static class ImportCommand
{
    /// <summary>Makes the lines of a file, or throws <see cref="SetupException"/> when it cannot be opened.</summary>
    internal delegate IAsyncEnumerable<ImportLine> LineSource(string file, CancellationToken cancel);

    public static Command Create() => new("import", "Bring content in: all of a file, or nothing.")
    {
        Reader("ndjson", "Newline-delimited JSON, as described in docs/import-format.md.", "File to read; - for standard input.", Ndjson),
    };

    private static Command Reader(string name, string description, string fileDescription, LineSource source)
    {
        var file = new Argument<string>("FILE") { Description = fileDescription };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and count what would change, but write nothing." };
        var report = new Option<string?>("--report") { Description = "File for the report, as JSON.", HelpName = "FILE" };
        var command = new Command(name, description) { file, dryRun, report };
        command.SetAction((parsed, cancel) =>
            Import(source(parsed.GetValue(file)!, cancel), parsed.GetValue(dryRun), parsed.GetValue(report), cancel));
        return command;
    }

    /// <returns>Exit code: 0 when every line was taken.</returns>
    private static async Task<int> Import(IAsyncEnumerable<ImportLine> lines, bool dryRun, string? reportFile, CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        var site = SiteSettings.From(builder.Configuration);
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        await server.Prepare(server.IsPrivate, cancel);
        await using var content = new ContentDatabase(server.Connections);
        ImportReport report;
        try
        {
            report = await ImportScreen.Show(progress => new Importer(content, site, TimeProvider.System)
                .Run(lines, new ImportOptions { DryRun = dryRun, Progress = progress }, cancel));
        }
        catch (NpgsqlException e)
        {
            throw new SetupException($"The import stopped and nothing was written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        if (reportFile is not null)
            await ImportReportFile.Write(report, reportFile, cancel);
        return report.Succeeded ? 0 : 1;
    }

    private static IAsyncEnumerable<ImportLine> Ndjson(string file, CancellationToken cancel)
    {
        try
        {
            return NdjsonReader.Read(file == "-" ? Console.OpenStandardInput() : File.OpenRead(file), cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The file cannot be read: {e.Message}", e);
        }
    }
}
