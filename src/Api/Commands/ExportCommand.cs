using System.CommandLine;
using Api.Data;
using Api.Export;
using Api.Hosting;

namespace Api.Commands;

/// <summary><c>export</c>: writes all content to a file or to standard output.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "File to write; - for standard output.",
            DefaultValueFactory = _ => ExportFile.StandardOutput,
        };
        var ndjson = new Command("ndjson", "Newline-delimited JSON that import ndjson reads, as described in docs/import-format.md.")
        {
            file,
        };
        ndjson.SetAction((parsed, cancel) => Export(parsed.GetRequiredValue(file), cancel));
        return new("export", "Write all content, including content that is not public.") { ndjson };
    }

    /// <returns>Exit code: 0 when all content was written.</returns>
    private static async Task<int> Export(string file, CancellationToken cancel)
    {
        try
        {
            // Before the database is opened, so that an unwritable target fails at once.
            await using var target = ExportFile.Open(file);
            var builder = ApiHost.CreateBuilder();
            await using var server = await ContentServer.Open(builder.Configuration, builder.Environment.ContentRootPath, cancel);
            await server.Prepare(server.IsPrivate, cancel);
            await using var content = new ContentDatabase(server.Connections);
            var lines = await ExportScreen.Run(file, progress => new Exporter(content).Run(target.Stream, progress, cancel));
            await target.Keep(cancel);
            ExportScreen.Print(file, lines);
            return 0;
        }
        catch (Exception e) when (DatabaseFailure.Is(e))
        {
            throw Stopped(file, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Stopped(file, e);
        }
    }

    private static SetupException Stopped(string file, Exception e) =>
        new(
            $"The export stopped, {(ExportFile.IsStream(file) ? "what was written so far is not whole" : "nothing was written")}: {e.Message.ReplaceLineEndings(" ")}",
            e
        );
}
