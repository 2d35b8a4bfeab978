namespace Api.Collation;

/// <summary>Compares sort keys.</summary>
internal static class SortKeys
{
    /// <summary>Byte by byte.</summary>
    public static readonly IComparer<byte[]> Bytewise = Comparer<byte[]>.Create((one, other) => one.AsSpan().SequenceCompareTo(other));
}
