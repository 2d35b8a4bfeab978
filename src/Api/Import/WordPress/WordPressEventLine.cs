using System.Text.Json.Nodes;
using NodaTime;

namespace Api.Import.WordPress;

/// <summary>Writes items of an events plugin as events: when and where stands in custom fields.</summary>
internal static class WordPressEventLine
{
    private const int MaxText = 2_000;

    /// <summary>The field the start is read from.</summary>
    public static string StartField(WxrItem item, WordPressSurvey survey) => Rule(item, survey).GetValueOrDefault("startsAt", "");

    /// <summary>When it starts, UTC; null when that cannot be read: then it can be no event.</summary>
    public static DateTime? StartsAt(WxrItem item, WordPressSurvey survey) => Instant("startsAt", item, survey);

    /// <summary>The line of an event.</summary>
    public static JsonObject Of(WxrItem item, WordPressPost post, WordPressSurvey survey, string body, string summary, JsonObject? image, WordPressNotes notes)
    {
        var (starts, ends) = (StartsAt(item, survey)!.Value, Instant("endsAt", item, survey));
        if (ends < starts)
            notes.Add(item.Number, item.Line, "it ends before it starts: the end is left out");
        var line = new JsonObject
        {
            ["resource"] = "event",
            ["id"] = survey.Posts.IdOf(post, item.Guid).ToString(),
            ["slug"] = post.Slug,
            ["publicationStatus"] = post.Status,
            ["previousSlugs"] = new JsonArray([.. post.PreviousSlugs.Select(s => JsonValue.Create(s))]),
            ["title"] = post.Title,
            ["summary"] = summary,
            ["bodyHtml"] = body,
            ["startsAt"] = WordPressPostLines.Instant(starts),
            ["endsAt"] = ends >= starts ? WordPressPostLines.Instant(ends.Value) : null,
            ["location"] = PlainText.Of(Field("location", item, survey), MaxText) is { Length: > 0 } place ? place : null,
            ["registrationUrl"] = Address("registrationUrl", item, survey),
            ["recordingUrl"] = Address("recordingUrl", item, survey),
            ["topics"] = new JsonArray([.. WordPressPostLines.Topics(item, survey, notes).Select(s => JsonValue.Create(s))]),
            ["image"] = image,
        };
        if (Zone(item, survey) is { } zone)
            line["timeZone"] = zone.Id;
        if (Field("mode", item, survey).Trim().ToLowerInvariant() is ("virtual" or "in-person" or "hybrid") and var mode)
            line["mode"] = mode;
        if ((survey.Dates.Modified(item) ?? post.PublishedAt) is { } updated)
            line["updatedAt"] = WordPressPostLines.Instant(updated);
        WordPressPostLines.Embargo(line, post);
        return line;
    }

    private static DateTime? Instant(string member, WxrItem item, WordPressSurvey survey) =>
        WordPressEventTimes.Instant(Field(member, item, survey), Rule(item, survey).GetValueOrDefault(member, ""), Zone(item, survey), survey.Dates.Distance);

    private static DateTimeZone? Zone(WxrItem item, WordPressSurvey survey) => WordPressEventTimes.Zone(Field("timeZone", item, survey).Trim());

    private static string? Address(string member, WxrItem item, WordPressSurvey survey) =>
        Uri.TryCreate(Field(member, item, survey).Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.AbsoluteUri.Length <= 2_048
            ? address.AbsoluteUri
            : null;

    private static string Field(string member, WxrItem item, WordPressSurvey survey) =>
        Rule(item, survey).GetValueOrDefault(member) is { } field ? item.MetaValue(field) : "";

    private static Dictionary<string, string> Rule(WxrItem item, WordPressSurvey survey) => survey.Mapping.Of(item.PostType).Fields;
}
