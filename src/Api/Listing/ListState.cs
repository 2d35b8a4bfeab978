using Api.Words;
using Api.Words.Texts;

namespace Api.Listing;

/// <summary>The lists as of one sequence. Immutable.</summary>
/// <param name="Sequence">The content's sequence: exactly the changes up to it are included.</param>
/// <param name="ReferenceSequence">The sequence of the last change of a name.</param>
/// <param name="ChangedAt">When the last change was made (UTC), which distinguishes histories; null when there is no change.</param>
/// <param name="Articles">The visible articles.</param>
/// <param name="Events">
/// The visible events. The first of their times is the start, the second the end, or the start when the end is open.
/// </param>
/// <param name="Keys">The keys and the values they stand for.</param>
internal sealed record ListState(
    long Sequence,
    long ReferenceSequence,
    DateTime? ChangedAt,
    ItemList Articles,
    ItemList Events,
    KeyTable Keys
)
{
    /// <summary>The words of all visible items; of some they may still be read.</summary>
    public required WordIndex Words { get; init; }

    /// <summary>The timestamp of the clock at which the next item expires.</summary>
    public long NextDue => Math.Min(Articles.NextDue, Events.NextDue);

    /// <summary>The state after a change.</summary>
    public ListState After(ListDelta delta) =>
        delta.Sequence <= Sequence
            ? this
            : new(
                delta.Sequence,
                delta.ReferenceSequence,
                delta.ChangedAt,
                Articles.After(delta.Articles),
                Events.After(delta.Events),
                delta.AllKeys ?? Keys.With(delta.MoreKeys)
            )
            {
                Words = delta.Texts is { } texts ? Words.With(delta.Changed, texts) : Words.WithUnread(delta.Changed),
            };

    /// <summary>The state without the items that have expired by a timestamp.</summary>
    public ListState At(long timestamp) => this with { Articles = Articles.At(timestamp), Events = Events.At(timestamp) };
}

/// <summary>The changes of the lists since a state.</summary>
internal sealed record ListDelta
{
    /// <summary>The content's sequence after the changes.</summary>
    public required long Sequence { get; init; }

    /// <summary>The sequence of the last change of a name.</summary>
    public required long ReferenceSequence { get; init; }

    /// <summary>When the last change was made (UTC).</summary>
    public DateTime? ChangedAt { get; init; }

    public required ItemListDelta Articles { get; init; }

    public required ItemListDelta Events { get; init; }

    /// <summary>The numbers of the changed articles, events, experts and topics.</summary>
    public IReadOnlyList<int> Changed { get; init; } = [];

    /// <summary>The texts of those that are visible; null when they are too many to be read at once.</summary>
    public IReadOnlyList<ItemText>? Texts { get; init; }

    /// <summary>All keys; null when nothing but <see cref="MoreKeys"/> has changed.</summary>
    public KeyTable? AllKeys { get; init; }

    /// <summary>New keys.</summary>
    public IReadOnlyCollection<KeyRow> MoreKeys { get; init; } = [];
}
