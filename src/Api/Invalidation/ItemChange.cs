namespace Api.Invalidation;

/// <summary>A row of <c>delivery.changes</c>: the changed item, and the aspects that other items depend on.</summary>
internal sealed record ItemChange
{
    /// <summary>
    /// The resource of the item; <c>redirect</c> for the redirects, <c>words</c> for the search index; null for an outlet.
    /// </summary>
    public string? Resource { get; init; }

    /// <summary>The item's number; 0 or less when the change is not about an item.</summary>
    public int ItemId { get; init; }

    /// <summary>Whether the item is visible after the change.</summary>
    public bool Live { get; init; }

    /// <summary>The keys of the read model that it had before or has now.</summary>
    public int[] Keys { get; init; } = [];

    /// <summary>The keys that it no longer has.</summary>
    public int[] Lost { get; init; } = [];

    /// <summary>The keys that it did not have before.</summary>
    public int[] Gained { get; init; } = [];

    /// <summary>For a topic or page: the visible parent, and the previous one.</summary>
    public int[] Parents { get; init; } = [];

    /// <summary>The changed aspects, as named in the table content.changes; null when unknown.</summary>
    public string[]? Aspects { get; init; }

    /// <summary>Whether it became visible or was withdrawn.</summary>
    public bool Flipped => Has("shown");

    /// <summary>Whether the members that other items show changed while it stayed visible.</summary>
    public bool Renamed => !Flipped && (Has("name") || Has("slug"));

    /// <summary>Whether its slug changed.</summary>
    public bool Moved => Has("slug");

    /// <summary>Whether its position in lists changed, because its date, name or another sort value did.</summary>
    public bool Replaced => Has("place");

    /// <summary>Whether its visible parent changed.</summary>
    public bool Reparented => !Flipped && Has("parent");

    /// <summary>Whether its topics changed.</summary>
    public bool Retopiced => Has("subjects");

    /// <summary>Whether its new slug belonged to another item before.</summary>
    public bool TookSlug => Has("taken");

    private bool Has(string aspect) => Aspects?.Contains(aspect) == true;
}

/// <summary>The meaning of a key of the read model.</summary>
/// <param name="Kind"><c>type</c>, <c>topic</c>, <c>expert</c> or <c>source</c>; other kinds have no lists of their own.</param>
/// <param name="ItemId">The item; meaningless when the key is not about an item.</param>
/// <param name="Source">The slug of an outlet; null for other kinds.</param>
internal sealed record Subject(string Kind, int ItemId, string? Source)
{
    /// <summary>The rank of kinds without lists of their own.</summary>
    public const int Last = 4;

    /// <summary>
    /// The rank of the kind by which a list takes its keys: experts, outlets, topics, types, all else. A list that takes its keys by one
    /// kind is not filtered by a kind of lower rank.
    /// </summary>
    public int Rank =>
        Kind switch
        {
            "expert" or "expertRole" => 0,
            "source" => 1,
            "topic" => Topics,
            "type" => 3,
            _ => Last,
        };

    /// <summary>
    /// The highest rank of the lists that an article enters or leaves when it gains or loses this key. For experts it is that of topics, as
    /// the experts listed for a topic are those of its articles.
    /// </summary>
    public int Reach => Rank == 0 ? Topics : Rank;

    private const int Topics = 2;

    /// <summary>Whether it has lists of its own, and may show its number of articles.</summary>
    public bool HasLists => Kind is "type" or "topic" or "expert" or "source";
}

/// <summary>The names of an item in cache keys.</summary>
/// <param name="Resource">Its resource.</param>
/// <param name="Id">Its immutable identifier.</param>
/// <param name="Slugs">Its public slug, then its latest previous slugs.</param>
internal sealed record ItemName(string Resource, Guid Id, IReadOnlyList<string> Slugs);
