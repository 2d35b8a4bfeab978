using System.Runtime.CompilerServices;
using Api.Data;
using Api.Import;
using Api.Import.Lines;
using Api.Import.Merging;
using Api.Import.WordPress;
using Api.Import.WordPress.Live;

namespace Api.Commands;

/// <summary>Where the lines of an import come from.</summary>
/// <param name="Lines">To be read once.</param>
/// <param name="Notes">What the operator should know of the reading; complete when the lines have been read.</param>
internal sealed record ImportSource(IAsyncEnumerable<ImportLine> Lines, Func<IReadOnlyList<string>> Notes)
{
    /// <summary>What the number of a line is, for messages.</summary>
    public string Place { get; init; } = "line";

    /// <summary>What becomes of lines that cannot be taken as they are.</summary>
    public Rejections Rejections { get; init; }

    /// <summary>How much of the lines was read, 0 to 1; null where their number is not known before.</summary>
    public Func<double?> ShareRead { get; init; } = () => null;

    /// <summary>To be called when everything was written.</summary>
    public Action Finish { get; init; } = () => { };

    /// <summary>Newline-delimited JSON.</summary>
    /// <param name="file">Path; <c>-</c> for standard input.</param>
    /// <param name="rejections">What becomes of lines that cannot be taken.</param>
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
    /// <param name="mappingFile">What the site's post types, taxonomies and terms are here; null for what their names suggest.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="SetupException">A file cannot be read, or is none of its kind.</exception>
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

    /// <summary>A running WordPress site. Fetches what is not here yet.</summary>
    /// <param name="options">Which site, and how.</param>
    /// <param name="mappingFile">As for an export.</param>
    /// <param name="cancel">Stops; what is here stays for the next run.</param>
    /// <exception cref="SetupException">The site cannot be fetched, or the mapping is none.</exception>
    public static async Task<ImportSource> Site(LiveOptions options, string? mappingFile, CancellationToken cancel)
    {
        var mapping = mappingFile is null ? WordPressMapping.Default : ReadMapping(mappingFile);
        try
        {
            var site = await ImportScreen.Fetch(progress =>
                LiveSite.Fetch(options with { CustomFields = mapping.CustomFields }, TimeProvider.System, progress, cancel));
            var export = WordPressExport.Read(_ => site.Read(), mapping, cancel);
            return new(LinesOf(export, cancel), () => [$"The site holds {export.Summary}.", .. site.Contents.Notes, .. export.Notes.Select(DescribeLive)])
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

    /// <summary>A mapping file.</summary>
    /// <exception cref="SetupException">It cannot be read, or is none.</exception>
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
        // What the first reading has thrown away.
        GarbageBound.Collect();
        var garbage = new GarbageBound();
        foreach (var line in export.Lines(cancel))
        {
            garbage.Check();
            yield return ImportLine.Of(line.Line, line.Value) with { Keeps = line.Keeps };
        }
    }

    private static string Describe(WordPressNote note) =>
        note.Line == 0 ? note.Text : note.Item == 0 ? $"line {note.Line}: {note.Text}" : $"line {note.Line}, item {note.Item}: {note.Text}";

    private static string DescribeLive(WordPressNote note) => note.Line == 0 ? note.Text : $"number {note.Line}: {note.Text}";

    // Null for what has no length, such as a pipe with a name; and at the end, when it is closed.
    private static double? ShareOf(FileStream stream) => stream is { CanSeek: true, Length: > 0 } ? (double)stream.Position / stream.Length : null;

    /// <summary>A file to read.</summary>
    /// <exception cref="SetupException">It cannot be read.</exception>
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
