using System.Globalization;
using System.Text.Json.Nodes;
using Api.Contracts.Text;
using Api.Import.Lines.Values;
using Api.Import.WordPress.Events;
using Api.Import.WordPress.Fields;
using Api.Import.WordPress.Output;
using Api.Import.WordPress.People;
using Api.Import.WordPress.Survey;
using Api.Import.WordPress.Values;
using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress;

/// <summary>Writes items of an events plugin as events: times and places come from custom fields, venues and terms.</summary>
internal static class WordPressEventLine
{
    /// <summary>The role of an organiser who is a person of the site.</summary>
    private const string Organizer = "organizer";

    /// <summary>The fields from which the start is read, for a message.</summary>
    public static string StartFields(WxrItem item, WordPressSurvey survey) => FieldsOf(item, survey).StartFields;

    /// <summary>Whether the start can be read; without one the item cannot be an event.</summary>
    public static bool HasStart(WxrItem item, WordPressSurvey survey) =>
        WordPressEventTimes.Read(FieldsOf(item, survey), survey.Dates) is not null;

    /// <summary>The line of an event.</summary>
    public static JsonObject Of(
        WxrItem item,
        WordPressPost post,
        WordPressSurvey survey,
        string body,
        string summary,
        JsonObject? image,
        WordPressNotes notes
    )
    {
        var fields = FieldsOf(item, survey);
        var times = WordPressEventTimes.Read(fields, survey.Dates)!;
        if (times.Problem is { } problem)
            notes.Add(item.Number, item.Line, problem);
        WordPressEventNotes.Add(item, notes);
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
            ["status"] = StatusOf(fields, item),
            ["location"] = PlaceOf(fields, item, survey, notes) is { Length: > 0 } place ? place : null,
            ["registrationUrl"] =
                Address(fields.Of("registrationUrl"))
                ?? Address(item.MetaValue("_tribe_events_virtual_url"))
                ?? Address(item.MetaValue("mec_moved_online_link")),
            ["recordingUrl"] = Address(fields.Of("recordingUrl")),
            ["topics"] = new JsonArray([.. WordPressPostLines.Topics(item, survey, notes).Select(s => JsonValue.Create(s))]),
            ["experts"] = new JsonArray([
                .. People(item, survey, notes)
                    .Take(LineLimits.Experts)
                    .Select(p => new JsonObject { ["slug"] = p.Author.Slug, ["role"] = p.Role }),
            ]),
            ["image"] = image,
        };
        AddTimes(line, times);
        if (ModeOf(fields, item) is { } mode)
            line["mode"] = mode;
        if ((survey.Dates.Modified(item) ?? post.PublishedAt) is { } updated)
            line["updatedAt"] = WordPressPostLines.Instant(updated);
        WordPressPostLines.Embargo(line, post);
        return line;
    }

    /// <summary>
    /// The people that terms name, such as the speakers of Modern Events Calendar; the creator of the item is not among them.
    /// </summary>
    public static IEnumerable<(WordPressAuthor Author, string Role)> Speakers(WxrItem item, WordPressSurvey survey) =>
        WordPressCredits
            .Named(item, survey, taxonomy => taxonomy != WordPressCredits.Authors)
            .Select(credit => (credit.Author, credit.Role == "author" ? "speaker" : credit.Role));

    private static WordPressEventFields FieldsOf(WxrItem item, WordPressSurvey survey) =>
        new(item, survey.Mapping.Of(item.PostType).Fields);

    private static void AddTimes(JsonObject line, WordPressEventTimes times)
    {
        if (times.Days is { } days)
        {
            line["allDay"] = true;
            line["startsOn"] = days.First.ToString("O", CultureInfo.InvariantCulture);
            line["endsOn"] = days.Last.ToString("O", CultureInfo.InvariantCulture);
        }
        else
        {
            line["startsAt"] = WordPressPostLines.Instant(times.StartsAt);
            line["endsAt"] = times.EndsAt is { } ends ? WordPressPostLines.Instant(ends) : null;
        }
        if (times.Zone is { } zone)
            line["timeZone"] = zone.Id;
    }

    private static string PlaceOf(WordPressEventFields fields, WxrItem item, WordPressSurvey survey, WordPressNotes notes) =>
        PlainText.Of(fields.Of("location"), LineLimits.Line) is { Length: > 0 } given
            ? given
            : PlainText.Of(
                survey.Venues.PlaceOf(item, why => notes.Add(item.Number, item.Line, $"its venue {why}: it has no place")),
                LineLimits.Line
            );

    private static IEnumerable<(WordPressAuthor Author, string Role)> People(WxrItem item, WordPressSurvey survey, WordPressNotes notes)
    {
        var people = Speakers(item, survey).Concat(FieldPeople.Of(item, survey, notes)).ToList();
        foreach (var name in survey.Venues.OrganizersOf(item, why => notes.Add(item.Number, item.Line, $"its organiser {why}")))
            if (survey.Authors.Find(name) is { } person && person.IsPublished)
                people.Add((person, Organizer));
            else
                notes.Add(item.Number, item.Line, $"its organiser, '{name}', is left out: no author and no profile is called so");
        return people.Distinct();
    }

    private static string StatusOf(WordPressEventFields fields, WxrItem item) =>
        fields.Of("status").ToLowerInvariant() switch
        {
            "canceled" or "cancelled" or "eventcancelled" => "cancelled",
            "postponed" or "eventpostponed" => "postponed",
            _ => item.MetaValue("_event_active_status") == "0" ? "cancelled" : "scheduled",
        };

    private static string? ModeOf(WordPressEventFields fields, WxrItem item) =>
        fields.Of("mode").Trim().ToLowerInvariant() switch
        {
            "virtual" or "in-person" or "hybrid" => fields.Of("mode").Trim().ToLowerInvariant(),
            _ when item.MetaValue("_tribe_events_is_virtual") is "yes" or "1" or "true" => item.MetaValue("_tribe_virtual_events_type")
            == "hybrid"
                ? "hybrid"
                : "virtual",
            _ when item.MetaValue("_event_location_type") == "url" || fields.Of("status") == "EventMovedOnline" => "virtual",
            _ => null,
        };

    private static string? Address(string text) =>
        text.Length > 0 && WebAddress.Of(text.Trim()) is { Length: <= WebAddress.MaxLength } address ? address : null;
}
