namespace Api.Invalidation;

/// <summary>A row of <c>delivery.changes</c>: what changed, and what of it others depend on.</summary>
internal sealed record ItemChange
{
    /// <summary>What kind of item; <c>redirect</c> for the addresses of old, <c>words</c> for what searches find; null for an outlet.</summary>
    public string? Resource { get; init; }

    /// <summary>Its number; 0 or less for what is no item.</summary>
    public int ItemId { get; init; }

    /// <summary>Whether it is visible afterwards.</summary>
    public bool Live { get; init; }

    /// <summary>The keys of the read model that it was found under before or is now.</summary>
    public int[] Keys { get; init; } = [];

    /// <summary>Those of <see cref="Keys"/> that it was found under and is no more.</summary>
    public int[] Lost { get; init; } = [];

    /// <summary>Those of <see cref="Keys"/> that it was not found under before.</summary>
    public int[] Gained { get; init; } = [];

    /// <summary>Of a topic or page: the one it shows as its parent, and the one it showed before.</summary>
    public int[] Parents { get; init; } = [];

    /// <summary>What changed, in the words of the table content.changes; null where nobody knows.</summary>
    public string[]? Aspects { get; init; }

    /// <summary>It appeared or vanished.</summary>
    public bool Flipped => Has("shown");

    /// <summary>What other items show of it is another, and it was and is visible.</summary>
    public bool Renamed => !Flipped && (Has("name") || Has("slug"));

    /// <summary>It has another slug.</summary>
    public bool Moved => Has("slug");

    /// <summary>It stands elsewhere in the lists it is in: its date, name or the like is another.</summary>
    public bool Replaced => Has("place");

    /// <summary>It shows another parent.</summary>
    public bool Reparented => !Flipped && Has("parent");

    /// <summary>It has other topics.</summary>
    public bool Retopiced => Has("subjects");

    /// <summary>It has a slug that belonged to another before.</summary>
    public bool TookSlug => Has("taken");

    private bool Has(string aspect) => Aspects?.Contains(aspect) == true;
}

/// <summary>What a key of the read model stands for.</summary>
/// <param name="Kind"><c>type</c>, <c>topic</c>, <c>expert</c> or <c>source</c>; others have no lists of their own.</param>
/// <param name="ItemId">The item; 0 or anything for what is none.</param>
/// <param name="Source">The slug of an outlet; null for all else.</param>
internal sealed record Subject(string Kind, int ItemId, string? Source)
{
    /// <summary>The rank of what has no lists of its own.</summary>
    public const int Last = 4;

    /// <summary>
    /// Where it stands among what lists have their keys by: experts, outlets, topics, types, and all else. A list that has its keys by one of these is filtered by none of those before it.
    /// </summary>
    public int Rank => Kind switch { "expert" or "expertRole" => 0, "source" => 1, "topic" => Topics, "type" => 3, _ => Last };

    /// <summary>The last rank of the lists that an article comes into or leaves with this. Which experts are listed for a topic is decided by the experts of the articles on it.</summary>
    public int Reach => Rank == 0 ? Topics : Rank;

    private const int Topics = 2;

    /// <summary>Whether it has lists, and may show how many articles it has.</summary>
    public bool HasLists => Kind is "type" or "topic" or "expert" or "source";
}

/// <summary>What an item is called in keys.</summary>
/// <param name="Resource">Its kind.</param>
/// <param name="Id">Its immutable identifier.</param>
/// <param name="Slugs">Its slug in public, and the last ones it had before.</param>
internal sealed record ItemName(string Resource, Guid Id, IReadOnlyList<string> Slugs);
