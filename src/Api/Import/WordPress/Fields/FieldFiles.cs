using Api.Import.WordPress.Attachments;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Fields;

/// <summary>Files and pictures named by custom fields: by their number in the media library, or by URL.</summary>
internal static class FieldFiles
{
    /// <summary>The files of an item with their labels. Files that are missing or not public are reported.</summary>
    public static IReadOnlyList<(Attachment File, string Label)> Of(WxrItem item, WordPressSurvey survey, WordPressNotes notes) =>
        survey.Mapping.Of(item.PostType).Fields.GetValueOrDefault("files") is not { } names
            ? []
            :
            [
                .. FieldValues
                    .Of(item, names)
                    .Select(value => Find(names, value, item, survey, notes))
                    .OfType<Attachment>()
                    .Select(file => (file, file.Title)),
            ];

    /// <summary>The picture of a member; null without one.</summary>
    public static Attachment? Picture(string member, WxrItem item, WordPressSurvey survey, WordPressNotes notes) =>
        survey.Mapping.Of(item.PostType).Fields.GetValueOrDefault(member) is { } names
        && FieldValues.Of(item, names).FirstOrDefault() is { } value
            ? Find(names, value, item, survey, notes)
            : null;

    private static Attachment? Find(string names, string value, WxrItem item, WordPressSurvey survey, WordPressNotes notes)
    {
        if ((FieldValues.IsNumber(value) ? survey.Attachments.FindFile(value) : ByAddress(value, survey)) is { } file)
            return file;
        notes.Add(
            item.Number,
            item.Line,
            $"its custom field '{names}' names the file {value}, which is not in the export, or not public: left out"
        );
        return null;
    }

    private static Attachment? ByAddress(string value, WordPressSurvey survey)
    {
        var isAddress =
            Uri.TryCreate(value, UriKind.Absolute, out var address) && !address.IsFile
            || Uri.TryCreate(survey.SiteUrl, UriKind.Absolute, out var site)
                && value.StartsWith('/')
                && Uri.TryCreate(site, value, out address);
        if (!isAddress || address!.Scheme is not ("http" or "https"))
            return null;
        return survey.Attachments.FindDocument(address.AbsoluteUri)
            ?? new Attachment(address.AbsoluteUri, "", "", "", null, null, Path.GetExtension(address.AbsolutePath).TrimStart('.'));
    }
}
