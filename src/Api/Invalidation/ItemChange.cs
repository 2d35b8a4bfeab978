using Api.Http.Tags;

namespace Api.Invalidation;

/// <summary>A row of <c>delivery.changes</c>: the changed item, and the aspects that other items depend on.</summary>
internal sealed record ItemChange
{
    /// <summary>
    /// The resource of the item; <c>redirect</c> for the redirects; null for an outlet; <c>words</c> in rows of versions that
    /// kept the words of texts in the database.
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

    /// <summary>Whether every list that it is or was in may have changed, not only those of keys that it lost or gained.</summary>
    public bool IsListedAnew => Flipped || Replaced;

    /// <summary>Whether its visible parent changed.</summary>
    public bool Reparented => !Flipped && Has("parent");

    /// <summary>Whether its topics changed.</summary>
    public bool Retopiced => Has("subjects");

    /// <summary>Whether its new slug belonged to another item before.</summary>
    public bool TookSlug => Has("taken");

    /// <summary>Whether what its card shows may have changed.</summary>
    public bool CardChanged =>
        Resource switch
        {
            "article" or "event" => Flipped || Moved || Has("card"),
            "expert" => Flipped || Renamed || Replaced,
            _ => true,
        };

    /// <summary>For an article that became visible, was withdrawn or moved in time: the years it is or was published in.</summary>
    public IEnumerable<string> Years =>
        Aspects?.Where(aspect => aspect.StartsWith(InYear, StringComparison.Ordinal)).Select(aspect => aspect[InYear.Length..]) ?? [];

    private const string InYear = "in";

    private bool Has(string aspect) => Aspects?.Contains(aspect) == true;
}

/// <summary>The meaning of a key of the read model.</summary>
/// <param name="Kind">The kind, as in the table content.keys.</param>
/// <param name="ItemId">The item; 0 when the key is not about an item.</param>
/// <param name="Value">The slug of an outlet; the language, role, mode or status; else empty.</param>
internal sealed record Subject(string Kind, int ItemId, string Value)
{
    /// <summary>Whether it has lists of its own.</summary>
    public bool HasLists => IsFilter && Kind != "expertRole";

    /// <summary>Whether lists can be filtered by it.</summary>
    public bool IsFilter => CacheKey.CollectionOf(Kind) is not null;

    /// <summary>Whether it is an item, which may show its number of articles.</summary>
    public bool IsItem => Kind is "type" or "topic" or "expert";
}

/// <summary>The names of an item in cache keys.</summary>
/// <param name="Resource">Its resource.</param>
/// <param name="Id">Its immutable identifier.</param>
/// <param name="Slugs">Its public slug, then its latest previous slugs.</param>
internal sealed record ItemName(string Resource, Guid Id, IReadOnlyList<string> Slugs)
{
    /// <summary>Maximum number of previous slugs.</summary>
    public const int MostPrevious = 5;
}

/// <summary>An item that shows a changed item.</summary>
/// <param name="ItemId">The item's number.</param>
/// <param name="Keys">Its keys of the read model.</param>
/// <param name="CardChanged">Whether its card may show the change.</param>
internal sealed record Dependent(int ItemId, int[] Keys, bool CardChanged);
