namespace Api.Contracts.Site;

/// <summary>Everything this API offers, as links: a client needs no other URL.</summary>
internal sealed record ServiceIndex
{
    /// <summary>The site whose content this is.</summary>
    public required SiteInfo Site { get; init; }

    /// <summary>Counts the visible changes of the content so far.</summary>
    public required long Sequence { get; init; }

    /// <summary>Lists, by name.</summary>
    public required IReadOnlyDictionary<string, string> Collections { get; init; }

    /// <summary>Lists to subscribe to, by name; each takes the filters of its list.</summary>
    public required IReadOnlyDictionary<string, FeedLinks> Feeds { get; init; }

    /// <summary>Other addresses, by name.</summary>
    public required IReadOnlyDictionary<string, string> Documents { get; init; }

    /// <summary>Its address in this API.</summary>
    public required SelfLink Links { get; init; }
}

/// <summary>The site whose content this is.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Url">Home page, absolute URL.</param>
/// <param name="TimeZone">IANA time zone in which dates alone, and <c>year</c>, are read.</param>
/// <param name="TimeZoneDatabase">Version of the IANA time zone database by which all local dates and hours are told, such as 2026f.</param>
/// <param name="Languages">Language tags (BCP 47) of the published articles.</param>
internal sealed record SiteInfo(string Name, string Url, string TimeZone, string TimeZoneDatabase, IReadOnlyList<string> Languages);
