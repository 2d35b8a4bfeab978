using System.Text.Json.Serialization;

namespace Api.Contracts;

/// <summary>An event the organisation holds. No member changes merely because time passes.</summary>
internal sealed record Event : IIdentified
{
    /// <summary>Always <c>event</c>.</summary>
    public string Resource { get; } = "event";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the event. It may change; the API redirects (301) from an old slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The event's web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }

    /// <summary>Always <c>published</c> in public answers. More may be added.</summary>
    public string PublicationStatus { get; init; } = Catalogue.Published;

    /// <summary>When an embargo ends (RFC 3339, UTC); null in public answers.</summary>
    public DateTime? EmbargoUntil { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence or two, plain text; empty when there is none.</summary>
    public required string Summary { get; init; }

    /// <summary>The announcement as sanitised HTML.</summary>
    [BodyMember, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyHtml { get; init; }

    /// <summary>The announcement without markup.</summary>
    [BodyMember, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BodyText { get; init; }

    /// <summary>scheduled, postponed or cancelled; more may be added.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it lasts whole days, without times: show <c>startsOn</c> and <c>endsOn</c>, not the instants.</summary>
    public required bool AllDay { get; init; }

    /// <summary>When it starts (RFC 3339, UTC); for an all-day event the start of <c>startsOn</c> in <c>timeZone</c>.</summary>
    public required DateTime StartsAt { get; init; }

    /// <summary>
    /// When it ends (RFC 3339, UTC); null when open. For an all-day event the start of the day after <c>endsOn</c>, never null.
    /// </summary>
    public required DateTime? EndsAt { get; init; }

    /// <summary>Its first day in <c>timeZone</c>.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>
    /// Its last day in <c>timeZone</c>, inclusive: for an event that ends at midnight the day before. Null when <c>endsAt</c> is.
    /// </summary>
    public required DateOnly? EndsOn { get; init; }

    /// <summary>IANA time zone of the event, in which to show its times, such as <c>America/New_York</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>virtual, in-person or hybrid; more may be added.</summary>
    public required string Mode { get; init; }

    /// <summary>The venue, as text to show.</summary>
    public required string? Location { get; init; }

    /// <summary>Where to register, absolute URL.</summary>
    public required string? RegistrationUrl { get; init; }

    /// <summary>Where to watch it afterwards, absolute URL.</summary>
    public required string? RecordingUrl { get; init; }

    /// <summary>Its topics, in the editors' order.</summary>
    public required IReadOnlyList<TopicRef> Topics { get; init; }

    /// <summary>The people taking part, in the editors' order; role moderator or speaker.</summary>
    public required IReadOnlyList<ExpertRef> Experts { get; init; }

    /// <summary>Lead picture.</summary>
    public required Image? Image { get; init; }

    /// <summary>When it was last changed (RFC 3339, UTC).</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}
