using System.Buffers;

namespace Api.Words.Postings;

/// <summary>
/// An array of pooled memory for one search: arrays of a million elements would be collected with the oldest generation only. Dispose of it
/// once.
/// </summary>
/// <typeparam name="T">The type of the elements, which are 0 at first.</typeparam>
/// <param name="length">The number of elements.</param>
internal sealed class Pooled<T>(int length) : IDisposable
    where T : struct
{
    private readonly T[] array = Cleared(length);

    /// <summary>The elements.</summary>
    public Span<T> Span => array.AsSpan(0, length);

    public void Dispose() => ArrayPool<T>.Shared.Return(array);

    private static T[] Cleared(int length)
    {
        var array = ArrayPool<T>.Shared.Rent(length);
        array.AsSpan(0, length).Clear();
        return array;
    }
}
