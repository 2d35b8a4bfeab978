using Api.Contracts;
using Api.Contracts.Lists;

namespace Api.Formats;

/// <summary>An item as feeds show it: what RSS, Atom and JSON Feed have in common.</summary>
internal sealed record FeedEntry
{
    /// <summary>The item's immutable id, a URN.</summary>
    public required string Id { get; init; }

    /// <summary>The item's page for people.</summary>
    public required string Url { get; init; }

    /// <summary>Plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Plain text; may be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>All of it, with corrections and terms at the end.</summary>
    public required string ContentHtml { get; init; }

    /// <summary>Language tag; null when not known.</summary>
    public string? Language { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime PublishedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    public required IReadOnlyList<ExpertRef> Authors { get; init; }

    /// <summary>All authors as one text, for readers that show one author only; empty without any.</summary>
    public string By => NameList.Of([.. Authors.Select(author => author.Name)]);

    /// <summary>The type's label, if any, and the topics' names.</summary>
    public required IReadOnlyList<FeedCategory> Categories { get; init; }

    public Image? Image { get; init; }

    public IReadOnlyList<FileLink> Files { get; init; } = [];

    /// <summary>The address elsewhere that it is about or appeared at; null for none.</summary>
    public string? ExternalUrl { get; init; }

    /// <summary>Null for what has no terms of its own.</summary>
    public License? License { get; init; }

    public IReadOnlyList<Correction> Corrections { get; init; } = [];
}

/// <summary>What an entry is filed under.</summary>
/// <param name="Term">The slug that filters take.</param>
/// <param name="Scheme">Where such slugs are listed, absolute URL.</param>
/// <param name="Label">Text to show.</param>
internal sealed record FeedCategory(string Term, string Scheme, string Label);

/// <summary>A page of a list as a feed.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Site">Home page of the site.</param>
/// <param name="Publisher">Name of the site.</param>
/// <param name="Language">The site's first language.</param>
/// <param name="LicenseUrl">Terms of entries that name none.</param>
/// <param name="About">Where the extensions are explained.</param>
/// <param name="Links">The page, and the pages before and after it.</param>
/// <param name="Entries">In the order of the list.</param>
internal sealed record FeedPage(
    string Title, string Site, string Publisher, string Language, string LicenseUrl, string About, PageLinks Links, IReadOnlyList<FeedEntry> Entries)
{
    /// <summary>When the newest entry was last changed; 1970 without any, so that the same page is the same to the byte.</summary>
    public DateTime UpdatedAt => Entries.Count == 0 ? DateTime.UnixEpoch : Entries.Max(entry => entry.UpdatedAt);
}
