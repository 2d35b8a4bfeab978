using System.Text.Json.Nodes;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>Writes profiles of people as experts. A profile and an author of the same name are the same person.</summary>
internal static class WordPressExpertLine
{
    /// <summary>The line of an expert.</summary>
    public static JsonObject Of(WxrItem item, WordPressPost post, WordPressSurvey survey, string body, JsonObject? photo)
    {
        var person = post.Person!;
        var rule = survey.Mapping.Of(item.PostType);
        var line = new JsonObject
        {
            ["resource"] = "expert",
            ["id"] = survey.Posts.IdOf(post, item.Guid).ToString(),
            ["slug"] = person.Slug,
            ["publicationStatus"] = post.Status,
            ["name"] = post.Title,
            ["givenName"] = Text("givenName", LineLimits.Title) ?? (person.GivenName.Length > 0 ? person.GivenName : null),
            ["familyName"] = Text("familyName", LineLimits.Title) ?? (person.FamilyName.Length > 0 ? person.FamilyName : null),
            ["title"] = Text("title", LineLimits.Line),
            ["organization"] = Text("organization", LineLimits.Line),
            ["kind"] = rule.Kind ?? "staff",
            ["photo"] = photo ?? survey.Attachments.FindPhoto(person.Picture)?.ToImage(),
            ["bioHtml"] = body.Length > 0 ? body : person.BioHtml,
            ["profiles"] = person.Profiles,
        };
        WordPressPostLines.Embargo(line, post);
        // An author who has published is public, whatever the status of the profile.
        if (person.IsPublished && !WordPressStatus.IsForReaders(post.Status))
            line["publicationStatus"] = "published";
        return line;

        string? Text(string member, int limit) =>
            rule.Fields.GetValueOrDefault(member) is { } field && PlainText.Of(item.MetaValue(field), limit) is { Length: > 0 } text
                ? text
                : null;
    }
}
