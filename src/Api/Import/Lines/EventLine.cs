using Api.Import.Html;
using Api.Import.Lines.Values;
using Api.Import.Staging;
using static Api.Import.Staging.DetailColumns<Api.Import.Lines.EventLine>;

namespace Api.Import.Lines;

/// <summary>The members of a line that only an event has, and how they are read, staged and stored.</summary>
internal sealed record EventLine
{
    public required long Line { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required BodyHtml Body { get; init; }
    public required string Status { get; init; }
    public required EventTimes Times { get; init; }
    public required string TimeZone { get; init; }
    public required string Mode { get; init; }
    public required string? Location { get; init; }
    public required string? RegistrationUrl { get; init; }
    public required string? RecordingUrl { get; init; }
    public required Guid? Image { get; init; }

    public static DetailTable<EventLine> Table { get; } =
        new(
            "events",
            line => line.Line,
            Text("title", line => line.Title),
            Text("summary", line => line.Summary),
            Text("body_html", line => line.Body.Html),
            Text("body_text", line => line.Body.Text),
            Text("status", line => line.Status),
            Instant("starts_at", line => line.Times.StartsAt),
            Instant("ends_at", line => line.Times.EndsAt),
            Day("starts_on", line => line.Times.StartsOn),
            Day("ends_on", line => line.Times.EndsOn),
            Text("time_zone", line => line.TimeZone),
            Text("mode", line => line.Mode),
            Text("location", line => line.Location),
            Text("registration_url", line => line.RegistrationUrl),
            Text("recording_url", line => line.RecordingUrl),
            Image("image_id", "image", line => line.Image)
        );

    public static EventLine Read(LineDraft draft)
    {
        var members = draft.Members;
        draft.References("topics", "topic", LineLimits.Topics);
        draft.References("experts", "expert", LineLimits.Experts, role: "speaker");
        var timeZone = members.Ruled("timeZone", ValueRules.TimeZone, "an IANA time zone such as America/New_York") ?? draft.Scope.TimeZone;
        return new()
        {
            Line = draft.Number,
            TimeZone = timeZone,
            Times = EventTimes.Read(members, timeZone),
            Body = draft.Body("bodyHtml"),
            Title = members.RequiredLine("title", LineLimits.Title),
            Summary = members.Text("summary", LineLimits.Summary),
            Status = members.Word("status", "scheduled", "scheduled", "postponed", "cancelled"),
            Mode = members.Word("mode", "in-person", "virtual", "in-person", "hybrid"),
            Location = members.Line("location"),
            RegistrationUrl = members.Url("registrationUrl"),
            RecordingUrl = members.Url("recordingUrl"),
            Image = draft.Image("image"),
        };
    }
}
