using System.CommandLine;
using Api.Data;
using Api.Hosting;
using Api.Http.Site;
using Api.Import;
using Api.Import.Merging;
using Api.Import.Mirror;
using Api.Import.WordPress.Wxr;
using Npgsql;

namespace Api.Commands;

/// <summary><c>import</c>: imports content from a file or a WordPress site.</summary>
internal static class ImportCommand
{
    internal static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Check everything and count what would change, but write nothing.",
    };
    internal static readonly Option<string?> Report = new("--report") { Description = "File for the report, as JSON.", HelpName = "FILE" };

    private static readonly Option<bool> SkipRejected = new("--skip-rejected")
    {
        Description =
            "Leave out lines that cannot be taken, and what refers to them, and write the others. The exit code is 1 all the same.",
    };

    public static Command Create() => new("import", "Bring content in: all of a file, or nothing.") { Ndjson(), WordPressCommand.Create() };

    private static Command Ndjson()
    {
        var file = new Argument<string>("FILE") { Description = "File to read; - for standard input." };
        var command = new Command("ndjson", "Newline-delimited JSON, as described in docs/import-format.md.")
        {
            file,
            DryRun,
            Report,
            SkipRejected,
        };
        command.SetAction(
            (parsed, cancel) =>
                Import(
                    ImportSource.Ndjson(
                        parsed.GetValue(file)!,
                        parsed.GetValue(SkipRejected) ? Rejections.Skip : Rejections.Refuse,
                        cancel
                    ),
                    parsed,
                    cancel
                )
        );
        return command;
    }

    /// <summary>Imports lines and prints the report.</summary>
    /// <returns>Exit code: 0 when no line was rejected, and for a WordPress import that was written.</returns>
    internal static async Task<int> Import(ImportSource source, ParseResult parsed, CancellationToken cancel)
    {
        var builder = ApiHost.CreateBuilder();
        var site = SiteSettings.From(builder.Configuration);
        await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
        await server.Prepare(server.IsPrivate, cancel);
        await using var content = new ContentDatabase(server.Connections);
        ImportReport report;
        try
        {
            await using (var connection = await content.DataSource.OpenConnectionAsync(cancel))
                await RefuseCopy(connection, cancel);
            report = await ImportScreen.Run(
                source.ShareRead,
                progress =>
                    new Importer(content, site, TimeProvider.System).Run(
                        source.Lines,
                        new ImportOptions
                        {
                            Rejections = source.Rejections,
                            DryRun = parsed.GetValue(DryRun),
                            Progress = progress,
                            Finish = (connection, _) => RefuseCopy(connection, cancel),
                        },
                        cancel
                    )
            );
        }
        catch (WordPressFileException e)
        {
            throw new SetupException($"The import stopped and nothing was written: {e.Message}", e);
        }
        catch (UnconfirmedCommitException e)
        {
            throw new SetupException(e.Message, e);
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            throw new SetupException($"The import stopped and nothing was written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        var notes = source.Notes();
        var summary = source.Rejections == Rejections.Mend ? ImportSummary.Of(report, notes) : [];
        ImportScreen.Print(report, notes, summary, source.Place);
        if (parsed.GetValue(Report) is { } reportFile)
            await ImportReportFile.Write(report, notes, summary, reportFile, cancel);
        if (report is { Stands: true, DryRun: false })
            source.Finish();
        return report.Succeeded || (report.Stands && source.Rejections == Rejections.Mend) ? 0 : 1;
    }

    // Content imported into a mirror would not be in its origin, and would be lost when the mirror starts over. Checked at the start, and
    // again when no other import is running.
    internal static async Task RefuseCopy(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (await MirrorState.Read(connection, cancel) is { Origin: var origin })
            throw new SetupException(
                $"This database is a copy of {origin}: import there. To make it one of its own first, run: mirror {origin} --release"
            );
    }
}
