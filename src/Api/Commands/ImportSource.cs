using System.Runtime.CompilerServices;
using Api.Data;
using Api.Import;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Wxr;

namespace Api.Commands;

/// <summary>The source of the lines of an import.</summary>
/// <param name="Lines">The lines; can be read once.</param>
/// <param name="Notes">Notes for the operator from reading the source; complete when the lines have been read.</param>
internal sealed record ImportSource(IAsyncEnumerable<ImportLine> Lines, Func<IReadOnlyList<string>> Notes)
{
    /// <summary>The word before a line number in messages.</summary>
    public string Place { get; init; } = "line";

    /// <summary>How to treat lines that cannot be imported as they are.</summary>
    public Rejections Rejections { get; init; }

    /// <summary>The fraction of the source read so far, 0 to 1; null when its size is unknown.</summary>
    public Func<double?> ShareRead { get; init; } = () => null;

    /// <summary>Called after everything was written.</summary>
    public Action Finish { get; init; } = () => { };

    /// <summary>Newline-delimited JSON.</summary>
    /// <param name="file">Path; <c>-</c> for standard input.</param>
    /// <param name="rejections">How to treat lines that cannot be imported.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="SetupException">The file cannot be read.</exception>
    public static ImportSource Ndjson(string file, Rejections rejections, CancellationToken cancel)
    {
        if (file == "-")
            return new(NdjsonReader.Read(Console.OpenStandardInput(), cancel), () => []) { Rejections = rejections };
        var stream = Open(file);
        return new(NdjsonReader.Read(stream, cancel), () => []) { ShareRead = () => ShareOf(stream), Rejections = rejections };
    }

    /// <summary>A WordPress export.</summary>
    /// <param name="file">Path.</param>
    /// <param name="mappingFile">File that maps the site's post types, taxonomies and terms; null to map them by their names.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="SetupException">A file cannot be read, or has another format.</exception>
    public static ImportSource WordPress(string file, string? mappingFile, CancellationToken cancel)
    {
        var mapping = mappingFile is null ? WordPressMapping.Default : ReadMapping(mappingFile);
        try
        {
            FileStream? reading = null;
            var export = WordPressExport.Read(() => reading = Open(file), mapping, cancel);
            return new(LinesOf(export, cancel), () => [$"The file holds {export.Summary}.", .. export.Notes.Select(Describe)])
            {
                ShareRead = () => ShareOf(reading!),
                Rejections = Rejections.Mend,
            };
        }
        catch (WordPressFileException e)
        {
            throw new SetupException($"{file}, {e.Message}; nothing was imported.", e);
        }
    }

    /// <summary>A running WordPress site. Fetches what an earlier run has not fetched yet.</summary>
    /// <param name="options">The site, and how to fetch it.</param>
    /// <param name="mappingFile">As for an export.</param>
    /// <param name="cancel">Stops fetching; what was fetched is kept for the next run.</param>
    /// <exception cref="SetupException">The site cannot be fetched, or the mapping file is invalid.</exception>
    public static async Task<ImportSource> Site(LiveOptions options, string? mappingFile, CancellationToken cancel)
    {
        var mapping = mappingFile is null ? WordPressMapping.Default : ReadMapping(mappingFile);
        try
        {
            var site = await ImportScreen.Fetch(progress =>
                LiveSite.Fetch(options with { CustomFields = mapping.CustomFields }, TimeProvider.System, progress, cancel)
            );
            var export = WordPressExport.Read(_ => site.Read(), mapping, cancel);
            return new(
                LinesOf(export, cancel),
                () => [$"The site holds {export.Summary}.", .. site.Contents.Notes, .. export.Notes.Select(DescribeLive)]
            )
            {
                Place = "number",
                Rejections = Rejections.Mend,
                Finish = site.Remove,
            };
        }
        catch (Exception e) when (e is LiveException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"{e.Message.TrimEnd('.')}; nothing was imported. What was fetched is kept for the next run.", e);
        }
    }

    /// <summary>Reads a mapping file.</summary>
    /// <exception cref="SetupException">The file cannot be read, or is not a mapping file.</exception>
    public static WordPressMappingFile ReadMappingFile(string file)
    {
        using var stream = Open(file);
        try
        {
            return WordPressMappingFile.Read(stream);
        }
        catch (WordPressFileException e)
        {
            throw new SetupException($"{file}, {e.Message}; nothing was imported.", e);
        }
    }

    private static WordPressMapping ReadMapping(string file) => new(ReadMappingFile(file));

    private static async IAsyncEnumerable<ImportLine> LinesOf(WordPressExport export, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        // Collects the garbage of the first pass over the export.
        GarbageBound.Collect();
        var garbage = new GarbageBound();
        foreach (var line in export.Lines(cancel))
        {
            garbage.Check();
            yield return ImportLine.Of(line.Line, line.Value) with
            {
                Keeps = line.Keeps,
            };
        }
    }

    private static string Describe(WordPressNote note) =>
        note.Line == 0 ? note.Text
        : note.Item == 0 ? $"line {note.Line}: {note.Text}"
        : $"line {note.Line}, item {note.Item}: {note.Text}";

    private static string DescribeLive(WordPressNote note) => note.Line == 0 ? note.Text : $"number {note.Line}: {note.Text}";

    // Null for a stream without a length, such as a named pipe, and for a stream that is closed at the end.
    private static double? ShareOf(FileStream stream) =>
        stream is { CanSeek: true, Length: > 0 } ? (double)stream.Position / stream.Length : null;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="SetupException">The file cannot be read.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The file cannot be read: {e.Message}", e);
        }
    }
}
