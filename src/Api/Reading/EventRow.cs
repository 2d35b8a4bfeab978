using Api.Contracts;
using Api.Http.Site;
using Api.Reading.Shapes;

namespace Api.Reading;

/// <summary>A row of <c>delivery.events</c>.</summary>
internal sealed record EventRow
{
    /// <summary>The columns of a row without texts, from <c>delivery.events e</c>.</summary>
    public const string Columns = """
        e.item_id, e.id, e.slug, e.updated_at, e.title, e.summary, e.status, e.starts_at, e.ends_at, e.time_zone, e.mode, e.location,
               e.registration_url, e.recording_url, e.image, e.topic_ids, e.expert_ids, e.expert_roles, e.starts_on, e.ends_on, e.shown_status, e.shown_embargo
        """;

    /// <summary>The columns of a row with texts.</summary>
    public const string ColumnsWithBody = Columns + ", e.body_html, e.body_text";

    public int ItemId { get; init; }
    public Guid Id { get; init; }
    public string Slug { get; init; } = "";
    public DateTime UpdatedAt { get; init; }
    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string? BodyHtml { get; init; }
    public string? BodyText { get; init; }
    public string Status { get; init; } = "";
    public DateTime StartsAt { get; init; }
    public DateTime? EndsAt { get; init; }
    public DateOnly? StartsOn { get; init; }
    public DateOnly? EndsOn { get; init; }
    public string TimeZone { get; init; } = "";
    public string Mode { get; init; } = "";
    public string? Location { get; init; }
    public string? RegistrationUrl { get; init; }
    public string? RecordingUrl { get; init; }
    public string? Image { get; init; }
    public int[] TopicIds { get; init; } = [];
    public int[] ExpertIds { get; init; } = [];
    public string[] ExpertRoles { get; init; } = [];

    /// <summary>Its position among the slugs of the request, where that is the order of the list.</summary>
    public int Place { get; init; }

    /// <summary>The sequence of the last change of a name when the row was read.</summary>
    public long ReferenceSequence { get; init; }

    /// <summary>Its <c>publicationStatus</c>.</summary>
    public string ShownStatus { get; init; } = "";

    /// <summary>Until when it is under embargo (UTC); null when it is not.</summary>
    public DateTime? ShownEmbargo { get; init; }

    /// <summary>Converts the row into the public shape.</summary>
    public Event ToEvent(ReferenceSet names, Links links)
    {
        var days = StartsOn is { } first ? new EventDays(first, EndsOn) : EventDays.Of(StartsAt, EndsAt, TimeZone);
        return new Event
        {
            Id = Urn.Of(Id),
            Slug = Slug,
            PublicationStatus = ShownStatus,
            EmbargoUntil = ShownEmbargo,
            Url = links.PageUrl("event", Slug),
            Path = links.PagePath("event", Slug),
            Title = Title,
            Summary = Summary,
            BodyHtml = BodyHtml,
            BodyText = BodyText,
            Status = Status,
            AllDay = StartsOn is not null,
            StartsAt = StartsAt,
            EndsAt = EndsAt,
            StartsOn = days.First,
            EndsOn = days.Last,
            TimeZone = TimeZone,
            Mode = Mode,
            Location = Location,
            RegistrationUrl = RegistrationUrl,
            RecordingUrl = RecordingUrl,
            Topics = names.TopicRefs(TopicIds),
            Experts = names.ExpertRefs(ExpertIds, ExpertRoles),
            Image = Stored.Image(Image),
            UpdatedAt = UpdatedAt,
            Links = new SelfLink(links.Self("event", Slug)),
        };
    }
}
