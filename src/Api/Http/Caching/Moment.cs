using System.Globalization;

namespace Api.Http.Caching;

/// <summary>The state of the content that a node knew at some time.</summary>
/// <param name="Epoch">Counts the updates of this state since the node started.</param>
/// <param name="Sequence">The content's sequence: the changes up to it have been applied to the cache.</param>
/// <param name="ChangedAt">When the last of them was made, or, if later as usual, when this node stopped serving the state before it
/// (UTC).</param>
internal sealed record Moment(long Epoch, long Sequence, DateTime ChangedAt)
{
    /// <summary>The state before the node has read any.</summary>
    public static readonly Moment Unknown = new(0, -1, DateTime.MinValue);

    /// <summary>Whether the sequence is known.</summary>
    public bool IsKnown => Sequence >= 0;

    /// <summary>The sequence as text, for <c>Content-Sequence</c>.</summary>
    public string SequenceText { get; } = Sequence.ToString(CultureInfo.InvariantCulture);
}
