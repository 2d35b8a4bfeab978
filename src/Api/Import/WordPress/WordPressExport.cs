using System.Globalization;

namespace Api.Import.WordPress;

/// <summary>
/// A WordPress site, as an export (WXR, any version) or fetched, as lines of <c>import ndjson</c>. It is read twice: first for what items refer to, which may come
/// later than they do, then item by item, so that one body is in memory at a time.
/// </summary>
internal sealed class WordPressExport
{
    private readonly Func<bool, IWxrReader> _open;
    private readonly WordPressNotes _notes = new();
    // Null once all was read: the writing, which takes long, needs none of it.
    private WordPressSurvey? _survey;
    private string? _summary;

    private WordPressExport(Func<bool, IWxrReader> open, WordPressMapping mapping, CancellationToken cancel)
    {
        _open = open;
        _survey = WordPressSurvey.Of(open, mapping, _notes, cancel);
        Items = _survey.Items;
    }

    /// <summary>Reads the file once through.</summary>
    /// <param name="open">Opens the file from its beginning; called twice, and the streams must be seekable.</param>
    /// <param name="mapping">What the site's post types, taxonomies and terms are here.</param>
    /// <param name="cancel">Cancels the reading between two items.</param>
    /// <exception cref="WordPressFileException">The file is not well-formed, cut off, or no export. Nothing has come out of it then.</exception>
    public static WordPressExport Read(Func<Stream> open, WordPressMapping mapping, CancellationToken cancel) =>
        new(bodies => new WxrFile(open(), mapping.CustomFields, bodies), mapping, cancel);

    /// <summary>Reads once through what was fetched of a site.</summary>
    /// <param name="open">Begins at the first part; called twice, first with false: then texts may be left out, but for those of items without a title.</param>
    /// <param name="mapping">What the site's post types, taxonomies and terms are here.</param>
    /// <param name="cancel">Cancels the reading between two items.</param>
    public static WordPressExport Read(Func<bool, IWxrReader> open, WordPressMapping mapping, CancellationToken cancel) => new(open, mapping, cancel);

    /// <summary>What the file holds, in a sentence: "58 posts (55 public, …), 21 pages, …".</summary>
    public string Summary => _summary ?? _survey!.Summary;

    /// <summary>Items in the file, for a progress bar.</summary>
    public int Items { get; }

    /// <summary>What was changed, guessed or left out; complete when <see cref="Lines"/> has been read to its end.</summary>
    public IReadOnlyList<WordPressNote> Notes => _notes.List();

    /// <summary>
    /// Article types, topics, experts, then articles, events, profiles and pages in the order of the file, each followed by its redirects, then menus and the redirects
    /// of archives. To be read once.
    /// </summary>
    /// <exception cref="WordPressFileException">The file was changed since it was first read.</exception>
    public IEnumerable<WordPressLine> Lines(CancellationToken cancel)
    {
        var survey = _survey ?? throw new InvalidOperationException("The lines were read already.");
        foreach (var line in survey.Types().Select(t => new WordPressLine(t.ToLine(), 0, 0)).Concat(survey.Terms.Lines()).Concat(survey.Authors.Lines(survey.Attachments)))
            yield return line;

        var lines = new WordPressPostLines(survey, _notes);
        using var file = _open(true);
        while (file.Next() is { } node)
        {
            cancel.ThrowIfCancellationRequested();
            if (node is not WxrItem item || survey.Posts.FindByItem(item.Number) is not { } post)
                continue;
            yield return lines.Of(item, post);
            foreach (var redirect in survey.Redirects.Of(post, item.Link))
                yield return redirect;
        }

        foreach (var line in survey.Menus.Lines(survey.Posts, survey.Terms, survey.SiteUrl))
            yield return line;
        foreach (var line in survey.Terms.All.SelectMany(t => survey.Redirects.Of(t, survey.Terms)).Concat(survey.Authors.All.SelectMany(survey.Redirects.Of)))
            yield return line;

        (_summary, _survey) = (survey.Summary, null);
        if (file.ReplacedCharacters > 0)
            _notes.Add(0, file.FirstReplacedLine, string.Create(CultureInfo.InvariantCulture,
                $"{file.ReplacedCharacters} characters that XML forbids, or that were lost before, are shown as U+FFFD; the first is in this line"));
    }
}
