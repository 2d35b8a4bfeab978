using Api.Contracts;
using Api.Contracts.Lists;

namespace Api.Formats;

/// <summary>An item as a feed entry: the information that RSS, Atom and JSON Feed have in common.</summary>
internal sealed record FeedEntry
{
    /// <summary>The item's immutable id, a URN.</summary>
    public required string Id { get; init; }

    /// <summary>The item's web page.</summary>
    public required string Url { get; init; }

    /// <summary>Plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Plain text; may be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>The whole content, with corrections and licence terms at the end.</summary>
    public required string ContentHtml { get; init; }

    /// <summary>Language tag; null when unknown.</summary>
    public string? Language { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime PublishedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    public required IReadOnlyList<ExpertRef> Authors { get; init; }

    /// <summary>All authors in one text, for readers that show only one author; empty without authors.</summary>
    public string By => NameList.Of([.. Authors.Select(author => author.Name)]);

    /// <summary>The type's label, if any, and the topics' names.</summary>
    public required IReadOnlyList<FeedCategory> Categories { get; init; }

    public Image? Image { get; init; }

    public IReadOnlyList<FileLink> Files { get; init; } = [];

    /// <summary>The external address that the item is about or first appeared at; null for none.</summary>
    public string? ExternalUrl { get; init; }

    /// <summary>Null for items without terms of their own.</summary>
    public License? License { get; init; }

    public IReadOnlyList<Correction> Corrections { get; init; } = [];
}

/// <summary>A category of an entry.</summary>
/// <param name="Term">The slug, as filters accept it.</param>
/// <param name="Scheme">Absolute URL of the list of such slugs.</param>
/// <param name="Label">Text to show.</param>
internal sealed record FeedCategory(string Term, string Scheme, string Label);

/// <summary>A page of a list as a feed.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Site">Home page of the site.</param>
/// <param name="Publisher">Name of the site.</param>
/// <param name="Language">The site's first language.</param>
/// <param name="LicenseUrl">The terms of entries without terms of their own.</param>
/// <param name="About">URL of the documentation of the extensions.</param>
/// <param name="Links">Links to this page and its neighbours.</param>
/// <param name="Entries">The entries, in the order of the list.</param>
internal sealed record FeedPage(
    string Title,
    string Site,
    string Publisher,
    string Language,
    string LicenseUrl,
    string About,
    PageLinks Links,
    IReadOnlyList<FeedEntry> Entries
)
{
    /// <summary>
    /// When the most recently changed entry changed; 1970 without entries, so that an unchanged page produces the same bytes.
    /// </summary>
    public DateTime UpdatedAt => Entries.Count == 0 ? DateTime.UnixEpoch : Entries.Max(entry => entry.UpdatedAt);
}
