using Api.Import.Lines.Values;
using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Fields;

/// <summary>
/// Topics and types named by custom fields: by the number of a term, by its slug or name, or by a text that is not a term elsewhere.
/// </summary>
internal static class FieldTopics
{
    private static readonly string[] Members = ["topics", "primaryTopic", "program"];

    /// <summary>Adds the texts that are not terms elsewhere. Called once for each item, before terms are settled.</summary>
    public static void Learn(WxrItem item, WordPressSurvey survey)
    {
        var rule = survey.Mapping.Of(item.PostType);
        foreach (var names in Members.Select(member => rule.Fields.GetValueOrDefault(member)).OfType<string>())
        foreach (var value in FieldValues.Of(item, names).Where(value => !FieldValues.IsNumber(value)))
            survey.Terms.Add(Named(names, value), item.Line);
    }

    /// <summary>The topics of a member, in order. Values that are not terms are reported.</summary>
    public static IEnumerable<string> Of(string member, WxrItem item, WordPressSurvey survey, WordPressNotes notes)
    {
        if (survey.Mapping.Of(item.PostType).Fields.GetValueOrDefault(member) is not { } names)
            yield break;
        foreach (var value in FieldValues.Of(item, names))
            if ((FieldValues.IsNumber(value) ? survey.Terms.FindById(value) : survey.Terms.Find(Named(names, value)))?.Topic is { } topic)
                yield return topic.TopicSlug;
            else
                notes.Add(
                    item.Number,
                    item.Line,
                    $"its custom field '{names}' names the topic {value}, which is not in the file: left out"
                );
    }

    /// <summary>The type that a field names; null without one.</summary>
    public static WordPressType? TypeOf(WxrItem item, WordPressSurvey survey)
    {
        if (
            survey.Mapping.Of(item.PostType).Fields.GetValueOrDefault("type") is not { } names
            || FieldValues.Of(item, names).FirstOrDefault() is not { } value
        )
            return null;
        var (slug, name) =
            FieldValues.IsNumber(value) && survey.Terms.FindById(value) is { } term
                ? (term.Slug, term.Name)
                : (Slugs.FromText(value), PlainText.Of(value, 500));
        return survey.Mapping.FindType(slug, name) ?? (slug.Length > 0 ? new WordPressType(slug, name, name, []) : null);
    }

    // The taxonomy has the name of the field, so that equal terms of other taxonomies become the same topic.
    private static WxrItemTerm Named(string names, string value) => new(names, "", value);
}
