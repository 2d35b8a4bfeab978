namespace Api.Import.Lines;

/// <summary>Reads events.</summary>
internal static class EventReader
{
    private const int MaxTopics = 100, MaxExperts = 200;

    public static EventRow Read(LineDraft draft)
    {
        var members = draft.Members;
        draft.References("topics", "topic", MaxTopics);
        draft.References("experts", "expert", MaxExperts, role: "speaker");
        var timeZone = members.Ruled("timeZone", ValueRules.TimeZone, "an IANA time zone such as America/New_York") ?? draft.Scope.TimeZone;
        var times = EventTimes.Read(members, timeZone);
        var body = draft.Body("bodyHtml");
        return new(
            draft.Number, members.RequiredLine("title", 500), members.Text("summary", 10_000), body.Html, body.Text,
            members.Word("status", "scheduled", "scheduled", "postponed", "cancelled"), times, timeZone,
            members.Word("mode", "in-person", "virtual", "in-person", "hybrid"), members.Line("location"),
            members.Url("registrationUrl"), members.Url("recordingUrl"), draft.Image("image"));
    }
}
