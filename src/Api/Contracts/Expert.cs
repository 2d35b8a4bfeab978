using System.Text.Json.Serialization;

namespace Api.Contracts;

/// <summary>A person who writes for the organisation or speaks for it.</summary>
internal sealed record Expert : IIdentified
{
    /// <summary>Always <c>expert</c>.</summary>
    public string Resource { get; } = "expert";

    /// <summary>Immutable identifier, a UUID as URN (RFC 9562).</summary>
    public required string Id { get; init; }

    /// <summary>Slug of the expert. It may change; the API redirects (301) from an old slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The expert's web page, absolute URL.</summary>
    public required string Url { get; init; }

    /// <summary>The path for links within the site: <c>url</c> without the URL of the site.</summary>
    public required string Path { get; init; }

    /// <summary>Always <c>published</c> in public answers. More may be added.</summary>
    public string PublicationStatus { get; init; } = Catalogue.Published;

    /// <summary>Full name, in the order the person writes it.</summary>
    public required string Name { get; init; }

    /// <summary>Given name.</summary>
    public required string? GivenName { get; init; }

    /// <summary>Family name, by which lists are sorted.</summary>
    public required string? FamilyName { get; init; }

    /// <summary>Position, such as "Director, Asia Program".</summary>
    public required string? Title { get; init; }

    /// <summary>The organization they work for.</summary>
    public required string? Organization { get; init; }

    /// <summary>The program they belong to; null for none.</summary>
    public required TopicRef? Program { get; init; }

    /// <summary>staff, fellow or contributor; more may be added.</summary>
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

    /// <summary>ORCID iD, such as <c>0000-0002-1825-0097</c>; the profile is at https://orcid.org/ followed by the iD.</summary>
    public required string? Orcid { get; init; }

    /// <summary>Profiles on other sites.</summary>
    public required IReadOnlyList<Profile> Profiles { get; init; }

    /// <summary>The topics they have written about most, at most five.</summary>
    public required IReadOnlyList<TopicRef> Topics { get; init; }

    /// <summary>Number of published articles they appear in, in any role.</summary>
    public required int ArticleCount { get; init; }

    /// <summary>When the newest of those articles was published (RFC 3339, UTC); null without articles.</summary>
    public required DateTime? LatestAt { get; init; }

    /// <summary>Addresses in this API: the expert, their articles and events, and these as feeds.</summary>
    public required SubjectLinks Links { get; init; }
}

/// <summary>A profile on another site.</summary>
/// <param name="Label">Text to show.</param>
/// <param name="Url">Absolute URL.</param>
internal sealed record Profile(string Label, string Url);
