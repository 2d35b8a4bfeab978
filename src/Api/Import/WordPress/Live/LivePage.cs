using Api.Import.WordPress.Wxr;

namespace Api.Import.WordPress.Live;

/// <summary>A stored page of a collection: the same parts that an export has, and nothing else of the response.</summary>
internal sealed class LivePage
{
    /// <summary>Number of entries in the collection when this page was fetched; null when not given.</summary>
    public int? Total { get; init; }

    /// <summary>Number of pages in the collection; null when not given.</summary>
    public int? Pages { get; init; }

    /// <summary>Number of entries on this page.</summary>
    public int Count { get; init; }

    /// <summary>True once the co-authors of its items are in order.</summary>
    public bool IsOrdered { get; set; }

    public List<WxrAuthor> Authors { get; init; } = [];

    /// <summary>Terms, with the number of their parent term.</summary>
    public List<WxrTerm> Terms { get; init; } = [];

    /// <summary>Items, with item number 0.</summary>
    public List<WxrItem> Items { get; init; } = [];
}

/// <summary>The content of a completely fetched site.</summary>
/// <param name="Settings">Texts of the head.</param>
/// <param name="Heads">Names of the collections of users and terms that were fetched.</param>
/// <param name="Items">Names of the collections of items that were fetched, in reading order.</param>
/// <param name="Notes">Notes on the fetching for the operator.</param>
internal sealed record LiveContents(
    IReadOnlyList<WxrSetting> Settings,
    IReadOnlyList<string> Heads,
    IReadOnlyList<string> Items,
    IReadOnlyList<string> Notes
);
