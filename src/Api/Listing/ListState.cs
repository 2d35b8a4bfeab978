namespace Api.Listing;

/// <summary>The lists as of one sequence. Immutable.</summary>
/// <param name="Sequence">The content's sequence: all changes up to it are in, and no later one.</param>
/// <param name="ReferenceSequence">That of the last change of a name.</param>
/// <param name="ChangedAt">When the last change was made (UTC), which tells another history; null when there is none.</param>
/// <param name="Articles">The visible articles.</param>
/// <param name="Events">The visible events: the first of their times is the start, the second the end, or the start where that is open.</param>
/// <param name="Keys">What their keys stand for.</param>
internal sealed record ListState(long Sequence, long ReferenceSequence, DateTime? ChangedAt, ItemList Articles, ItemList Events, KeyTable Keys)
{
    /// <summary>The timestamp at which the next item expires.</summary>
    public long NextDue => Math.Min(Articles.NextDue, Events.NextDue);

    /// <summary>The state after a change.</summary>
    public ListState After(ListDelta delta) => delta.Sequence <= Sequence
        ? this
        : new(delta.Sequence, delta.ReferenceSequence, delta.ChangedAt, Articles.After(delta.Articles), Events.After(delta.Events), delta.AllKeys ?? Keys.With(delta.MoreKeys));

    /// <summary>The state without what has expired by a timestamp.</summary>
    public ListState At(long timestamp) => this with { Articles = Articles.At(timestamp), Events = Events.At(timestamp) };
}

/// <summary>What has changed in the lists.</summary>
internal sealed record ListDelta
{
    /// <summary>The content's sequence after it.</summary>
    public required long Sequence { get; init; }

    /// <summary>That of the last change of a name.</summary>
    public required long ReferenceSequence { get; init; }

    /// <summary>When the last change was made (UTC).</summary>
    public DateTime? ChangedAt { get; init; }

    public required ItemListDelta Articles { get; init; }

    public required ItemListDelta Events { get; init; }

    /// <summary>All keys there are; null when they are the same but for <see cref="MoreKeys"/>.</summary>
    public KeyTable? AllKeys { get; init; }

    /// <summary>Keys that are new.</summary>
    public IReadOnlyCollection<KeyRow> MoreKeys { get; init; } = [];
}
