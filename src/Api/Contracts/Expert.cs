using System.Text.Json.Serialization;

namespace Api.Contracts;

/// <summary>A person who writes for the organisation or speaks for it.</summary>
internal sealed record Expert : IIdentified
{
    /// <summary>Always <c>expert</c>.</summary>
    public string Resource { get; } = "expert";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Address of the expert; may change, an old one answers 301.</summary>
    public required string Slug { get; init; }

    /// <summary>The expert's page for people, absolute.</summary>
    public required string Url { get; init; }

    /// <summary>Full name, in the order the person writes it.</summary>
    public required string Name { get; init; }

    /// <summary>Given name.</summary>
    public required string? GivenName { get; init; }

    /// <summary>Family name, by which lists are sorted.</summary>
    public required string? FamilyName { get; init; }

    /// <summary>Position, such as "Director, Asia Program".</summary>
    public required string? Title { get; init; }

    /// <summary>Where they work.</summary>
    public required string? Organization { get; init; }

    /// <summary>The program they belong to.</summary>
    public required TopicRef? Program { get; init; }

    /// <summary>staff, fellow or contributor; more may come.</summary>
    public required string Kind { get; init; }

    /// <summary>False for people who have left.</summary>
    public required bool Current { get; init; }

    /// <summary>Portrait.</summary>
    public required Image? Photo { get; init; }

    /// <summary>Biography as sanitised HTML.</summary>
    [BodyMember, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BioHtml { get; init; }

    /// <summary>E-mail address; null unless it is marked public.</summary>
    public required string? Email { get; init; }

    /// <summary>ORCID iD, such as <c>0000-0002-1825-0097</c>; the profile is at https://orcid.org/ and this.</summary>
    public required string? Orcid { get; init; }

    /// <summary>Profiles elsewhere.</summary>
    public required IReadOnlyList<Profile> Profiles { get; init; }

    /// <summary>The topics they have written on most, at most five.</summary>
    public required IReadOnlyList<TopicRef> Topics { get; init; }

    /// <summary>Published articles they appear in, in any role.</summary>
    public required int ArticleCount { get; init; }

    /// <summary>When the newest of those was published (RFC 3339, UTC).</summary>
    public required DateTime? LatestAt { get; init; }

    /// <summary>Their address in this API, their articles and events, and these as feeds.</summary>
    public required SubjectLinks Links { get; init; }
}

/// <summary>A profile elsewhere.</summary>
/// <param name="Label">Text to show.</param>
/// <param name="Url">Absolute URL.</param>
internal sealed record Profile(string Label, string Url);
