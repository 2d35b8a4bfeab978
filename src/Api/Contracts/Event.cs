using System.Text.Json.Serialization;

namespace Api.Contracts;

/// <summary>An event the organisation holds. No member changes with the clock alone.</summary>
internal sealed record Event : IIdentified
{
    /// <summary>Always <c>event</c>.</summary>
    public string Resource { get; } = "event";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Address of the event; may change, an old one answers 301.</summary>
    public required string Slug { get; init; }

    /// <summary>The event's page for people, absolute.</summary>
    public required string Url { get; init; }

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

    /// <summary>scheduled, postponed or cancelled; more may come.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it lasts whole days, without hours: show <c>startsOn</c> and <c>endsOn</c>, not the instants.</summary>
    public required bool AllDay { get; init; }

    /// <summary>When it starts (RFC 3339, UTC); of an event of whole days the start of <c>startsOn</c> in <c>timeZone</c>.</summary>
    public required DateTime StartsAt { get; init; }

    /// <summary>When it ends (RFC 3339, UTC); null when open. Of an event of whole days the start of the day after <c>endsOn</c>, never null.</summary>
    public required DateTime? EndsAt { get; init; }

    /// <summary>The day it starts on, in <c>timeZone</c>.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>Its last day, included, in <c>timeZone</c>: one that ends at midnight has none of the next day. Null when <c>endsAt</c> is.</summary>
    public required DateOnly? EndsOn { get; init; }

    /// <summary>IANA time zone of its clocks, to show its times in, such as <c>America/New_York</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>virtual, in-person or hybrid; more may come.</summary>
    public required string Mode { get; init; }

    /// <summary>Where, as text for people.</summary>
    public required string? Location { get; init; }

    /// <summary>Where to register, absolute URL.</summary>
    public required string? RegistrationUrl { get; init; }

    /// <summary>Where to watch it afterwards, absolute URL.</summary>
    public required string? RecordingUrl { get; init; }

    /// <summary>Its topics, in the editors' order.</summary>
    public required IReadOnlyList<TopicRef> Topics { get; init; }

    /// <summary>The people in it, in the editors' order; role moderator or speaker.</summary>
    public required IReadOnlyList<ExpertRef> Experts { get; init; }

    /// <summary>Lead picture.</summary>
    public required Image? Image { get; init; }

    /// <summary>When it was last changed (RFC 3339, UTC).</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}
