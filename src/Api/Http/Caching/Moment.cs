using System.Globalization;

namespace Api.Http.Caching;

/// <summary>What a node knew of the content at some time.</summary>
/// <param name="Epoch">Counts what this node has learned since it started.</param>
/// <param name="Sequence">The content's sequence: the changes up to it have been applied to the cache.</param>
/// <param name="ChangedAt">When the last of them was made, or, as a rule later, when this node stopped serving what was there before (UTC).</param>
internal sealed record Moment(long Epoch, long Sequence, DateTime ChangedAt)
{
    /// <summary>Before anything is known.</summary>
    public static readonly Moment Unknown = new(0, -1, DateTime.MinValue);

    /// <summary>Whether anything is known.</summary>
    public bool IsKnown => Sequence >= 0;

    /// <summary>For the header.</summary>
    public string SequenceText { get; } = Sequence.ToString(CultureInfo.InvariantCulture);
}
