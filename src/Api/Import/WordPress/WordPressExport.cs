using System.Globalization;
using Api.Import.WordPress.ExportFile;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>
/// A WordPress site, from an export (WXR, any version) or fetched by its API, as lines of <c>import ndjson</c>. It is read twice: first for
/// the items that others refer to, which may come later in the file, then item by item, so that one body is in memory at a time.
/// </summary>
internal sealed class WordPressExport
{
    private readonly Func<bool, IWxrReader> openReader;
    private readonly WordPressNotes notes = new();

    // Null once everything was read: writing takes long and does not need it.
    private WordPressSurvey? survey;
    private string? summary;

    private WordPressExport(Func<bool, IWxrReader> open, WordPressMapping mapping, CancellationToken cancel)
    {
        openReader = open;
        this.survey = SurveyReader.Read(open, mapping, notes, cancel);
        Items = this.survey.Items;
    }

    /// <summary>Reads the file once.</summary>
    /// <param name="open">Opens the file from its beginning; called twice, and the streams must be seekable.</param>
    /// <param name="mapping">The mapping of the site's post types, taxonomies and terms.</param>
    /// <param name="cancel">Cancels the reading between two items.</param>
    /// <exception cref="WordPressFileException">
    /// The file is not well-formed, incomplete, or not an export. No line was produced.
    /// </exception>
    public static WordPressExport Read(Func<Stream> open, WordPressMapping mapping, CancellationToken cancel) =>
        new(bodies => new WxrFile(open(), mapping.CustomFields, bodies), mapping, cancel);

    /// <summary>Reads the fetched data of a site once.</summary>
    /// <param name="open">
    /// Starts at the first part; called twice, first with false: then texts may be missing, except those of items without a title.
    /// </param>
    /// <param name="mapping">The mapping of the site's post types, taxonomies and terms.</param>
    /// <param name="cancel">Cancels the reading between two items.</param>
    public static WordPressExport Read(Func<bool, IWxrReader> open, WordPressMapping mapping, CancellationToken cancel) =>
        new(open, mapping, cancel);

    /// <summary>A sentence on the content of the file: "58 posts (55 public, …), 21 pages, …".</summary>
    public string Summary => summary ?? this.survey!.Summary;

    /// <summary>Number of items in the file, for a progress bar.</summary>
    public int Items { get; }

    /// <summary>Notes on changes, guesses and omissions; complete when <see cref="Lines"/> has been read to its end.</summary>
    public IReadOnlyList<WordPressNote> Notes => notes.List();

    /// <summary>
    /// Article types, topics, experts, then articles, events, profiles and pages in the order of the file, each followed by its redirects,
    /// then menus and the redirects of archives. Can be read once.
    /// </summary>
    /// <exception cref="WordPressFileException">The file has changed since it was first read.</exception>
    public IEnumerable<WordPressLine> Lines(CancellationToken cancel)
    {
        var survey = this.survey ?? throw new InvalidOperationException("The lines were read already.");
        foreach (
            var line in survey
                .Types.OrderBy(t => t.Slug, StringComparer.Ordinal)
                .Select(t => new WordPressLine(t.ToLine(), 0, 0))
                .Concat(survey.Terms.Lines())
                .Concat(survey.Authors.Lines(survey.Attachments))
        )
            yield return line;

        var lines = new WordPressPostLines(survey, notes);
        using var file = openReader(true);
        while (file.Next() is { } node)
        {
            cancel.ThrowIfCancellationRequested();
            if (node is not WxrItem item || survey.Posts.FindByItem(item.Number) is not { } post)
                continue;
            yield return lines.Of(item, post);
            foreach (var redirect in survey.Redirects.Of(post, item.Link))
                yield return redirect;
        }

        foreach (var line in survey.Menus.Lines(new WordPressMenuTargets(survey.Posts, survey.Terms, survey.SiteUrl).Of))
            yield return line;
        foreach (
            var line in survey
                .Terms.All.SelectMany(t => survey.Redirects.Of(t, survey.Terms))
                .Concat(survey.Authors.All.SelectMany(survey.Redirects.Of))
        )
            yield return line;

        (summary, this.survey) = (survey.Summary, null);
        if (file.ReplacedCharacters > 0)
            notes.Add(
                0,
                file.FirstReplacedLine,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file.ReplacedCharacters} characters that XML forbids, or that were lost before, are shown as U+FFFD; the first is in this line"
                )
            );
    }
}
