namespace Api.Contracts.Site;

/// <summary>Links to everything this API offers: a client needs no other URL.</summary>
internal sealed record ServiceIndex
{
    /// <summary>The site whose content this is.</summary>
    public required SiteInfo Site { get; init; }

    /// <summary>Sequence number of the latest visible change of the content.</summary>
    public required long Sequence { get; init; }

    /// <summary>Lists, by name.</summary>
    public required IReadOnlyDictionary<string, string> Collections { get; init; }

    /// <summary>Feeds, by name; each takes the filters of its list.</summary>
    public required IReadOnlyDictionary<string, FeedLinks> Feeds { get; init; }

    /// <summary>Other addresses, by name.</summary>
    public required IReadOnlyDictionary<string, string> Documents { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}

/// <summary>The site whose content this is.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Url">Home page, absolute URL.</param>
/// <param name="TimeZone">IANA time zone in which dates without a time, and <c>year</c>, are interpreted.</param>
/// <param name="TimeZoneDatabase">Version of the IANA time zone database used for all local dates and times, such as 2026f.</param>
/// <param name="Languages">Language tags (BCP 47) of the published articles.</param>
internal sealed record SiteInfo(string Name, string Url, string TimeZone, string TimeZoneDatabase, IReadOnlyList<string> Languages);
