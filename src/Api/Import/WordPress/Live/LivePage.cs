namespace Api.Import.WordPress.Live;

/// <summary>A page of a collection as it is kept: the same parts that an export has, and nothing else of what the site answered.</summary>
internal sealed class LivePage
{
    /// <summary>Things in the collection when this page was fetched; null when the site did not say.</summary>
    public int? Total { get; init; }

    /// <summary>Pages in the collection; null when the site did not say.</summary>
    public int? Pages { get; init; }

    /// <summary>Things the site put on this page.</summary>
    public int Count { get; init; }

    /// <summary>True once the co-authors of its items stand in their order.</summary>
    public bool IsOrdered { get; set; }

    public List<WxrAuthor> Authors { get; init; } = [];

    /// <summary>Terms, with the number of the term above them as parent.</summary>
    public List<WxrTerm> Terms { get; init; } = [];

    /// <summary>Items, numbered 0.</summary>
    public List<WxrItem> Items { get; init; } = [];
}

/// <summary>What a completely fetched site consists of.</summary>
/// <param name="Settings">Texts of the head.</param>
/// <param name="Heads">Names of the collections of users and terms that were fetched.</param>
/// <param name="Items">Names of the collections of items that were fetched, in the order in which they are read.</param>
/// <param name="Notes">What the operator should know of the fetching.</param>
internal sealed record LiveContents(IReadOnlyList<WxrSetting> Settings, IReadOnlyList<string> Heads, IReadOnlyList<string> Items, IReadOnlyList<string> Notes);
