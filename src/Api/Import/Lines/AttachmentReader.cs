using Api.Contracts;
using Api.Import.Lines.Values;

namespace Api.Import.Lines;

/// <summary>Reads the files and corrections of an article.</summary>
internal static class AttachmentReader
{
    public static IReadOnlyList<FileLink> Files(ObjectReader members)
    {
        var files = new List<FileLink>();
        foreach (var file in members.Objects("files", LineLimits.Files))
        {
            var url = file.RequiredUrl("url");
            files.Add(
                new(
                    url,
                    file.Line("label") ?? Label(url),
                    file.Line("mediaType", 100) ?? "application/octet-stream",
                    file.Number("bytes", 0, long.MaxValue)
                )
            );
            file.Finish();
        }
        return files;
    }

    // The name of the file, decoded unless that gives something other than a text of one line.
    private static string Label(string url)
    {
        var written = url[(url.LastIndexOf('/') + 1)..];
        var name = TextRules.Collapse(Uri.UnescapeDataString(written));
        return name.Any(c => char.IsControl(c) || c is '\uFFFE' or '\uFFFF') ? written : name;
    }

    /// <summary>Corrections, oldest first.</summary>
    public static IReadOnlyList<Correction> Corrections(LineDraft draft)
    {
        var corrections = new List<Correction>();
        foreach (var correction in draft.Members.Objects("corrections", LineLimits.Corrections))
        {
            var at = correction.Instant("at");
            if (correction.Value("at") is null)
                correction.Reject("at", "is required");
            corrections.Add(new(at ?? default, draft.Body(correction, "textHtml").Html));
            correction.Finish();
        }
        return [.. corrections.OrderBy(correction => correction.At)];
    }
}
