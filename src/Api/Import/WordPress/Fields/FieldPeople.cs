using Api.Import.WordPress.Mapping;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Fields;

/// <summary>People named by custom fields: by the number of their profile or user, by login or by name.</summary>
internal static class FieldPeople
{
    /// <summary>
    /// Adds the people whom a field names by a text, who may be named nowhere else. Called once for each item, before slugs are assigned.
    /// </summary>
    /// <returns>All values of the fields.</returns>
    public static IReadOnlyList<string> Learn(WxrItem item, WordPressSurvey survey)
    {
        var values = FieldMembers.People(survey.Mapping.Of(item.PostType)).SelectMany(field => FieldValues.Of(item, field.Names)).ToList();
        foreach (var name in values.Where(value => !FieldValues.IsNumber(value)))
            survey.Authors.FindOrAdd(name, item.Number, item.Line);
        return values;
    }

    /// <summary>True when a field names the authors of the item: then its creator is not its author.</summary>
    public static bool NamesAuthors(WxrItem item, WordPressSurvey survey) =>
        FieldMembers
            .People(survey.Mapping.Of(item.PostType))
            .Any(field => field.Role == "author" && FieldValues.Of(item, field.Names).Any());

    /// <summary>The people of an item, in order. Values that match nobody are reported.</summary>
    public static IReadOnlyList<(WordPressAuthor Author, string Role)> Of(WxrItem item, WordPressSurvey survey, WordPressNotes notes)
    {
        var people = new List<(WordPressAuthor, string)>();
        foreach (var (names, role) in FieldMembers.People(survey.Mapping.Of(item.PostType)))
        foreach (var value in FieldValues.Of(item, names))
            if (Find(value, survey) is { } person)
                people.Add((person, role));
            else
                notes.Add(item.Number, item.Line, $"its custom field '{names}' names the person {value}, who is not in the file: left out");
        return people;
    }

    /// <summary>A profile takes precedence over a user with the same number.</summary>
    public static WordPressAuthor? Find(string value, WordPressSurvey survey) =>
        FieldValues.IsNumber(value)
            ? survey.Posts.FindByPostId(value)?.Person ?? survey.Authors.FindById(value)
            : survey.Authors.Find(value);
}
